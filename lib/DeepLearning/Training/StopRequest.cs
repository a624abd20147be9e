namespace DeepLearning.Training;

/// <summary>Whether and why a training ends before its last epoch.</summary>
internal sealed class StopRequest(Replicas replicas, CancellationToken cancellation)
{
    /// <summary>Gets the reason; null while nothing has requested a stop.</summary>
    public string? Reason { get; private set; }

    /// <summary>Gets the name of the callback's type that requested the stop; null when another caller did.</summary>
    public string? Source { get; private set; }

    /// <summary>Gets whether the training was cancelled, in this process or in another one: a resumed training does not stop for it.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Requests a stop after the current batch; the first reason is kept.</summary>
    public void Stop(string reason, string? source = null)
    {
        if (Reason is null)
            (Reason, Source) = (reason, source);
    }

    /// <summary>Requests a stop if cancellation is requested.</summary>
    public void StopIfCancelled()
    {
        if (!cancellation.IsCancellationRequested)
            return;
        IsCancelled |= Reason is null;
        Stop("it was cancelled");
    }

    /// <summary>Returns true if any process has requested a stop. All processes call it.</summary>
    public bool MustStop()
    {
        var must = replicas.Any(Reason is not null);
        if (must && Reason is null)
        {
            // only the other process knows whether its training may be resumed
            IsCancelled = true;
            Stop("another process was stopped");
        }
        return must;
    }
}
