using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>A CUDA graph.</summary>
internal sealed class CudaPassGraph(Device device) : PassGraph
{
    private readonly cuda.CUDAGraph _graph = new();
    private readonly cuda.Stream _stream = new(device);

    public override T WarmUp<T>(Func<T> work)
    {
        var usual = cuda.current_stream(device);
        _stream.wait_stream(usual);
        try
        {
            using (cuda.stream(_stream))
                return work();
        }
        finally
        {
            usual.wait_stream(_stream);
        }
    }

    public override Tensor?[] Capture(Func<Tensor?[]> work)
    {
        Exception? first = null;
        try
        {
            using (cuda.graph(_graph, _stream))
            {
                try
                {
                    return work();
                }
                catch (Exception error)
                {
                    first = error;
                    throw;
                }
            }
        }
        catch (ExternalException error)
        {
            // the end of a capture that has failed fails too, and says less
            first ??= error;
            if (first is not ExternalException)
                ExceptionDispatchInfo.Throw(first);
            throw new InvalidOperationException(
                "The network or its loss cannot be captured in a CUDA graph: something in it waits for the device, as item() and cpu() do. "
                + $"Train without CaptureGraph, or take that out. {first.Message}",
                first);
        }
    }

    public override void Replay() => _graph.replay();

    public override void Dispose() => _graph.Dispose();
}

internal partial class PassGraph
{
    static partial void Make(Device device, ref PassGraph? graph) => graph = new CudaPassGraph(device);
}
