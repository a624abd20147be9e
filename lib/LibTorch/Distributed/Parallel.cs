using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Modules that run in several processes or on several devices.</summary>
        public static partial class parallel
        {
            /// <summary>
            /// Wraps a module that is on its device already, in every process at the same time; rank 0's parameters become those of all.
            /// </summary>
            /// <param name="module">What to train; the wrapper owns it from now on.</param>
            /// <param name="device_ids">The one device the module is on, or nothing.</param>
            /// <param name="output_device">The same, or nothing.</param>
            /// <param name="broadcast_buffers">Whether rank 0's buffers, such as running means, become those of all before each forward.</param>
            /// <param name="process_group">The processes; all, when left out.</param>
            /// <param name="bucket_cap_mb">Megabytes of gradients that travel together.</param>
            /// <param name="find_unused_parameters">Whether some parameters may take no part in a forward.</param>
            /// <param name="gradient_as_bucket_view">Whether gradients are views of the buckets, which saves their memory a second time.</param>
            /// <param name="static_graph">Whether every forward uses the same parameters in the same way.</param>
            /// <exception cref="ArgumentException">The module learns nothing, or is on another device.</exception>
            /// <exception cref="distributed.DistBackendError">The processes' modules differ, or a process is gone.</exception>
            /// <exception cref="InvalidOperationException">There is no process group.</exception>
            public static DistributedDataParallel<T, TResult> DistributedDataParallel<T, TResult>(
                Module<T, TResult> module, Device[]? device_ids = null, Device? output_device = null, bool broadcast_buffers = true,
                distributed.ProcessGroup? process_group = null, double bucket_cap_mb = 25, bool find_unused_parameters = false,
                bool gradient_as_bucket_view = false, bool static_graph = false)
            {
                RefuseOtherDevices(module, device_ids, output_device);
                return new(module, process_group ?? distributed.Default, new ReducerOptions(
                    broadcast_buffers, bucket_cap_mb, find_unused_parameters, gradient_as_bucket_view, static_graph));
            }

            /// <inheritdoc cref="DistributedDataParallel{T, TResult}"/>
            public static DistributedDataParallel<T1, T2, TResult> DistributedDataParallel<T1, T2, TResult>(
                Module<T1, T2, TResult> module, Device[]? device_ids = null, Device? output_device = null, bool broadcast_buffers = true,
                distributed.ProcessGroup? process_group = null, double bucket_cap_mb = 25, bool find_unused_parameters = false,
                bool gradient_as_bucket_view = false, bool static_graph = false)
            {
                RefuseOtherDevices(module, device_ids, output_device);
                return new(module, process_group ?? distributed.Default, new ReducerOptions(
                    broadcast_buffers, bucket_cap_mb, find_unused_parameters, gradient_as_bucket_view, static_graph));
            }

            private static void RefuseOtherDevices(Module module, Device[]? device_ids, Device? output_device)
            {
                if (device_ids is { Length: > 1 })
                {
                    throw new ArgumentException(
                        "A process trains on one device: start a process for each and pass its one device, or none.", nameof(device_ids));
                }
                foreach (var device in (device_ids ?? []).Append(output_device).OfType<Device>())
                {
                    if (module.parameters().FirstOrDefault(parameter => !Same(parameter.device, device)) is { } elsewhere)
                    {
                        throw new ArgumentException(
                            $"The module is on {elsewhere.device}, not on {device}: move it there first, with module.to(device).", nameof(device_ids));
                    }
                }
            }

            private static bool Same(Device actual, Device given) => actual.type == given.type && (given.index < 0 || actual.index == given.index);
        }
    }
}
