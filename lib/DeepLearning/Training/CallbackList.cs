using System.Runtime.ExceptionServices;
using DeepLearning.Training.Callbacks;

namespace DeepLearning.Training;

/// <summary>The callbacks of a training run, in the order of their calls.</summary>
internal sealed class CallbackList
{
    private bool _hasFailed;

    /// <param name="callbacks">The callbacks in the order of the options.</param>
    /// <param name="isFirst">Whether this is the first process; some callbacks run only there.</param>
    public CallbackList(IReadOnlyList<Callback> callbacks, bool isFirst) =>
        All = [.. callbacks.Where(callback => isFirst || !callback.FirstProcessOnly).OrderBy(callback => callback.Order)];

    public IReadOnlyList<Callback> All { get; }

    /// <summary>Gets the callback that is being called; null outside of callbacks.</summary>
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

    /// <summary>
    /// Calls <see cref="Callback.OnException"/> of every callback. Exceptions of callbacks do not replace the exception that ended training.
    /// </summary>
    public void NotifyException(FitState fit, Exception error)
    {
        _hasFailed = true;
        Protected(callback => callback.OnException(fit, error));
    }

    /// <summary>
    /// Calls <see cref="Callback.TearDown"/> of every callback, even if others throw. After training without an error, the method then throws the
    /// first exception.
    /// </summary>
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
