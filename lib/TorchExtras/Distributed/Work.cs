using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>
/// A collective in progress, the result of <c>async_op: true</c>. Do not use its tensors before <see cref="wait"/>.
/// </summary>
public sealed class Work : IDisposable
{
    // buffers of abandoned collectives: the library may still write to them
    private static readonly List<Tensor[]> _abandoned = [];

    private readonly ProcessGroup _group;
    private readonly List<MpiRequest> _requests;
    private readonly Tensor[] _buffers;
    private readonly Action? _finish;
    private bool _isFinished;

    /// <param name="group">The process group.</param>
    /// <param name="requests">The MPI requests to wait for.</param>
    /// <param name="buffers">The tensors to keep alive until the collective is done; internal tensors are disposed of afterward.</param>
    /// <param name="finish">The action of this process after the requests.</param>
    internal Work(ProcessGroup group, List<MpiRequest> requests, Tensor[] buffers, Action? finish)
    {
        (_group, _requests, _buffers, _finish) = (group, requests, buffers, finish);
    }

    /// <summary>Returns whether the collective is complete, without waiting.</summary>
    /// <exception cref="DistBackendError">The collective failed.</exception>
    public bool is_completed()
    {
        try
        {
            return _requests.TrueForAll(request => request.Test());
        }
        catch (MpiException error)
        {
            throw Failed(error);
        }
    }

    /// <summary>Waits until the collective is done on this process.</summary>
    /// <param name="timeout">The maximum time to wait; the timeout of the group by default.</param>
    /// <exception cref="DistBackendError">Another process ended, or did not call the collective within the timeout.</exception>
    public void wait(TimeSpan? timeout = null)
    {
        if (_isFinished)
            return;
        _group.Usable();
        var patience = timeout ?? _group.Timeout;
        try
        {
            foreach (var request in _requests)
            {
                if (!request.Wait(patience))
                {
                    Abandon();
                    throw _group.Fail(
                        $"waited {DistributedPackage.Text(patience)} for another process, which may hang, may have ended, or may not call the "
                        + "same collective. "
                        + "End this process: its launcher (mpirun) then ends the others.");
                }
            }
        }
        catch (MpiException error)
        {
            throw Failed(error);
        }
        _finish?.Invoke();
        _isFinished = true;
        GC.KeepAlive(_buffers);
    }

    /// <summary>Waits for the collective, unless it is complete or has failed.</summary>
    public void Dispose()
    {
        if (_isFinished)
            return;
        try
        {
            wait();
        }
        catch (DistBackendError)
        {
            // the group throws it again at its next use
        }
    }

    private DistBackendError Failed(MpiException error)
    {
        Abandon();
        return _group.Fail($"could not finish a collective; another process may have ended. ({error.Message})", error);
    }

    private void Abandon()
    {
        lock (_abandoned)
            _abandoned.Add(_buffers);
    }
}
