using TorchSharp.Extras.Native;

namespace TorchSharp.Amp;

/// <summary>The autocast mode of a thread, for computations that are repeated later, possibly on another thread.</summary>
internal readonly record struct AutocastState(bool Cpu, torch.ScalarType CpuType, bool Cuda, torch.ScalarType CudaType)
{
    /// <summary>Returns the mode of the current thread.</summary>
    public static AutocastState Current() => new(
        AutocastFunctions.IsEnabled(DeviceType.CPU), AutocastFunctions.Type(DeviceType.CPU),
        AutocastFunctions.IsEnabled(DeviceType.CUDA), AutocastFunctions.Type(DeviceType.CUDA));

    /// <summary>Sets the mode of the current thread until the results are disposed of in reverse order.</summary>
    public (IDisposable Cpu, IDisposable Cuda) Enter() =>
        (new AutocastMode(DeviceType.CPU, CpuType, Cpu), new AutocastMode(DeviceType.CUDA, CudaType, Cuda));
}
