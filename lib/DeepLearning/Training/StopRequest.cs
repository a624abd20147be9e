namespace DeepLearning.Training;

/// <summary>A request to end training before its last epoch.</summary>
internal sealed class StopRequest(Replicas replicas, CancellationToken cancellation)
{
    /// <summary>Gets the reason; null if no stop was requested.</summary>
    public string? Reason { get; private set; }

    /// <summary>Gets the type name of the callback that requested the stop; null for other callers.</summary>
    public string? Source { get; private set; }

    /// <summary>Gets a value that indicates whether training was canceled in any process; resumed training does not stop for this reason.</summary>
    public bool IsCanceled { get; private set; }

    /// <summary>Requests a stop after the current batch; the first reason is kept.</summary>
    public void Stop(string reason, string? source = null)
    {
        if (Reason is null)
            (Reason, Source) = (reason, source);
    }

    /// <summary>Requests a stop if cancellation is requested.</summary>
    public void StopIfCanceled()
    {
        if (!cancellation.IsCancellationRequested)
            return;
        IsCanceled |= Reason is null;
        Stop("training was canceled");
    }

    /// <summary>Returns whether any process has requested a stop. All processes must call this method.</summary>
    public bool MustStop()
    {
        var must = replicas.Any(Reason is not null);
        if (must && Reason is null)
        {
            // this process does not know whether the other process may resume training
            IsCanceled = true;
            Stop("another process was stopped");
        }
        return must;
    }
}
