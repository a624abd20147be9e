using TorchSharp.Extras.Native;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>
/// A collective under way, as <c>async_op: true</c> returns it. Its tensors must not be used before <see cref="wait"/>.
/// </summary>
public sealed class Work : IDisposable
{
    // buffers of collectives that were given up: the library may still write to them
    private static readonly List<Tensor[]> _abandoned = [];

    private readonly ProcessGroup _group;
    private readonly List<MpiRequest> _requests;
    private readonly Tensor[] _buffers;
    private readonly Action? _finish;
    private bool _isFinished;

    /// <param name="group">The processes.</param>
    /// <param name="requests">What has to be done.</param>
    /// <param name="buffers">Tensors that must live until then; those that the collective made for itself are disposed of afterwards.</param>
    /// <param name="finish">What remains to do on this process.</param>
    internal Work(ProcessGroup group, List<MpiRequest> requests, Tensor[] buffers, Action? finish)
    {
        (_group, _requests, _buffers, _finish) = (group, requests, buffers, finish);
    }

    /// <summary>Returns whether the other processes have done their part, without waiting.</summary>
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
    /// <param name="timeout">How long; the group's timeout by default.</param>
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
                        $"waited {DistributedPackage.Text(patience)} for another process, which hangs, has ended, or does not call the same collective. "
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

    /// <summary>Waits, unless that was done or has failed.</summary>
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
            // the group repeats it at its next use
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
