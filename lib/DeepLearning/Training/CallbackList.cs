using System.Runtime.ExceptionServices;
using DeepLearning.Training.Callbacks;

namespace DeepLearning.Training;

/// <summary>The callbacks of a training, in the order in which they are called.</summary>
internal sealed class CallbackList
{
    private bool _hasFailed;

    /// <param name="callbacks">The callbacks, as the options list them.</param>
    /// <param name="isFirst">Whether this is the first process, the only one for some callbacks.</param>
    public CallbackList(IReadOnlyList<Callback> callbacks, bool isFirst) =>
        All = [.. callbacks.Where(callback => isFirst || !callback.FirstProcessOnly).OrderBy(callback => callback.Order)];

    public IReadOnlyList<Callback> All { get; }

    /// <summary>Gets the callback that is being called; null when none is.</summary>
    public Callback? Current { get; private set; }

    /// <summary>Calls every callback.</summary>
    public void Notify(Action<Callback> moment)
    {
        foreach (var callback in All)
        {
            Current = callback;
            moment(callback);
        }
        Current = null;
    }

    /// <summary>Calls <see cref="Callback.OnException"/> of every callback. Errors of their own do not replace the error that ended the training.</summary>
    public void NotifyException(FitState fit, Exception error)
    {
        _hasFailed = true;
        Protected(callback => callback.OnException(fit, error));
    }

    /// <summary>Calls <see cref="Callback.TearDown"/> of every callback, whatever the others throw; after a training without error, the first error is thrown then.</summary>
    public void TearDown(FitState fit)
    {
        var error = Protected(callback => callback.TearDown(fit));
        if (!_hasFailed)
            error?.Throw();
    }

    private ExceptionDispatchInfo? Protected(Action<Callback> moment)
    {
        ExceptionDispatchInfo? first = null;
        foreach (var callback in All)
        {
            try
            {
                moment(callback);
            }
            catch (Exception error)
            {
                first ??= ExceptionDispatchInfo.Capture(error);
            }
        }
        return first;
    }
}
