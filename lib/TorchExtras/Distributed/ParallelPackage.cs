#pragma warning disable CA1822 // instance members, so that they are called as in PyTorch: torch.nn.parallel.…
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Distributed;

/// <summary>The functions of <c>torch.nn.parallel</c>, with modules for distributed training.</summary>
public sealed class ParallelPackage
{
    internal ParallelPackage()
    {
    }

    /// <summary>
    /// Wraps a module that is already on its device. All processes must call this method together; it broadcasts the parameters and buffers of rank
    /// 0.
    /// </summary>
    /// <param name="module">The module to train.</param>
    /// <param name="device_ids">The one device that the module is on, or null.</param>
    /// <param name="output_device">The same, or null.</param>
    /// <param name="broadcast_buffers">
    /// Whether the buffers of rank 0, such as running means, are broadcast before each forward that follows a training step.
    /// </param>
    /// <param name="process_group">The process group; the default group by default.</param>
    /// <param name="bucket_cap_mb">The maximum size of a bucket of gradients, in megabytes.</param>
    /// <param name="owns_module">Whether the module is disposed of together with the wrapper; true by default.</param>
    /// <exception cref="ArgumentException">The module has no trainable parameters, or is on another device.</exception>
    /// <exception cref="DistBackendError">The modules of the processes differ, or a process has ended.</exception>
    /// <exception cref="InvalidOperationException">There is no process group.</exception>
    public DistributedDataParallel<T, TResult> DistributedDataParallel<T, TResult>(
        nn.Module<T, TResult> module, Device[]? device_ids = null, Device? output_device = null, bool broadcast_buffers = true,
        ProcessGroup? process_group = null, double bucket_cap_mb = 25, bool owns_module = true) =>
        new(module, Reducer(module, device_ids, output_device, broadcast_buffers, process_group, bucket_cap_mb), owns_module);

    /// <inheritdoc cref="DistributedDataParallel{T, TResult}"/>
    public DistributedDataParallel<T1, T2, TResult> DistributedDataParallel<T1, T2, TResult>(
        nn.Module<T1, T2, TResult> module, Device[]? device_ids = null, Device? output_device = null, bool broadcast_buffers = true,
        ProcessGroup? process_group = null, double bucket_cap_mb = 25, bool owns_module = true) =>
        new(module, Reducer(module, device_ids, output_device, broadcast_buffers, process_group, bucket_cap_mb), owns_module);

    private static GradientReducer Reducer(
        nn.Module module, Device[]? device_ids, Device? output_device, bool broadcast_buffers, ProcessGroup? group, double bucket_cap_mb)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (device_ids is { Length: > 1 })
        {
            throw new ArgumentException(
                "A process trains on one device: start one process per device and pass that device, or null.", nameof(device_ids));
        }
        foreach (var device in (device_ids ?? []).Append(output_device).OfType<Device>())
        {
            if (module.parameters().FirstOrDefault(parameter => !IsOn(parameter.device, device)) is { } elsewhere)
            {
                throw new ArgumentException(
                    $"The module is on {elsewhere.device}, not on {device}: move it there first, with module.to(device).", nameof(device_ids));
            }
        }
        return new GradientReducer(module, group ?? DistributedPackage.Default, broadcast_buffers, bucket_cap_mb);
    }

    private static bool IsOn(Device actual, Device given) => actual.type == given.type && (given.index < 0 || actual.index == given.index);
}
