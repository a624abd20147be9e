using System.Collections;
using TorchSharp.Extras.Optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp;

/// <summary>
/// Adds <c>state_dict</c> and <c>load_state_dict</c> to TorchSharp's learning rate schedulers, as in
/// <see href="https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LRScheduler.html">PyTorch</see>.
/// </summary>
public static class SchedulerStates
{
    /// <summary>
    /// Returns the state that changes during training, with PyTorch's names, as plain numbers and lists for <see cref="PyTorchFile"/>. Settings are
    /// not included: create the scheduler with the same settings, then load its state and the optimizer's state.
    /// </summary>
    /// <param name="scheduler">A scheduler of TorchSharp, or a custom subclass.</param>
    /// <exception cref="NotSupportedException">This version of TorchSharp has other fields for the scheduler's state.</exception>
    public static Dictionary<string, object> state_dict(this LRScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        return Accessed(() => SchedulerState.Of(scheduler).ToDictionary());
    }

    /// <summary>
    /// Loads the state of a scheduler of the same type with the same settings. The learning rates of the optimizer belong to the optimizer's state
    /// and do not change.
    /// </summary>
    /// <param name="scheduler">A scheduler of TorchSharp, or a custom subclass.</param>
    /// <param name="state_dict">
    /// The result of <see cref="state_dict"/>, directly or from a file, or the state of PyTorch's scheduler of the same type.
    /// </param>
    /// <exception cref="ArgumentException">The state belongs to another type of scheduler or optimizer; the scheduler is unchanged.</exception>
    /// <exception cref="NotSupportedException">This version of TorchSharp has other fields for the scheduler's state.</exception>
    public static void load_state_dict(this LRScheduler scheduler, IDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(state_dict);
        Accessed(() =>
        {
            SchedulerState.Read(scheduler, state_dict).Apply(scheduler);
            return true;
        });
    }

    private static T Accessed<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (MissingFieldException error)
        {
            throw new NotSupportedException(
                $"Scheduler states support TorchSharp 0.107; the loaded version has other fields. ({error.Message})", error);
        }
    }
}
