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
    /// Returns what changes during training, under PyTorch's names, as plain numbers and lists that <see cref="PyTorchFile"/> writes. The
    /// settings are not included: create the scheduler with the same settings, then load its state and the optimizer's.
    /// </summary>
    /// <param name="scheduler">Any scheduler of TorchSharp, or an own subclass.</param>
    /// <exception cref="NotSupportedException">This version of TorchSharp keeps the scheduler's state in other fields.</exception>
    public static Dictionary<string, object> state_dict(this LRScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        return Accessed(() => SchedulerState.Of(scheduler).ToDictionary());
    }

    /// <summary>
    /// Continues from the state of a scheduler of the same kind and settings. The optimizer's learning rates belong to the optimizer's own
    /// state and do not change.
    /// </summary>
    /// <param name="scheduler">Any scheduler of TorchSharp, or an own subclass.</param>
    /// <param name="state_dict">
    /// The result of <see cref="state_dict"/>, directly or from a file, or of PyTorch's scheduler of the same kind.
    /// </param>
    /// <exception cref="ArgumentException">The state belongs to another kind of scheduler or optimizer; the scheduler is unchanged.</exception>
    /// <exception cref="NotSupportedException">This version of TorchSharp keeps the scheduler's state in other fields.</exception>
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
                $"Scheduler states were written for TorchSharp 0.107; the version in use has other fields. ({error.Message})", error);
        }
    }
}
