using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Work that a device has recorded and does again as a whole, on the memory that it was recorded with.</summary>
internal abstract partial class PassGraph : IDisposable
{
    /// <exception cref="ArgumentException">That device, or this build, records nothing.</exception>
    public static PassGraph On(Device device)
    {
        if (device.type != DeviceType.CUDA)
        {
            throw new ArgumentException(
                $"CaptureGraph needs a CUDA device, and training is on {device}: set Device to one, or leave CaptureGraph out.");
        }
        PassGraph? graph = null;
        Make(device, ref graph);
        return graph ?? throw new ArgumentException("CaptureGraph needs the project's own engine: TorchSharp has no CUDA graphs.");
    }

    /// <summary>Does work, but where it is recorded later: libraries prepare there what they need, which cannot be recorded.</summary>
    public abstract T WarmUp<T>(Func<T> work);

    /// <summary>Records work, without doing it.</summary>
    /// <returns>The tensors that the work gives: each replay fills them anew.</returns>
    public abstract Tensor?[] Capture(Func<Tensor?[]> work);

    /// <summary>Does what was recorded.</summary>
    public abstract void Replay();

    public abstract void Dispose();

    /// <summary>Makes one, where this build knows how.</summary>
    static partial void Make(Device device, ref PassGraph? graph);
}
