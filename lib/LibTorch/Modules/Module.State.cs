namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>All parameters and persistent buffers under their full names: the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in _parameters)
                    destination.TryAdd(start + name, parameter);
                foreach (var (name, buffer) in _buffers)
                {
                    if (buffer.Persistent)
                        destination.TryAdd(start + name, buffer.Tensor);
                }
                foreach (var (name, child) in named_children())
                    child.state_dict(destination, start + name);
                return destination;
            }

            /// <summary>Copies the tensors of <paramref name="source"/> into the parameters and buffers of the same names.</summary>
            /// <param name="source">What <see cref="state_dict"/> of an equal module gave.</param>
            /// <param name="strict">Whether names that only one side has are an error.</param>
            /// <param name="skip">Names left as they are, and not missed.</param>
            /// <exception cref="InvalidOperationException">Names or shapes differ; nothing has been copied.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                var skipped = new HashSet<string>(skip ?? []);
                List<string> missing = [.. own.Keys.Where(name => !source.ContainsKey(name) && !skipped.Contains(name))];
                List<string> unexpected = [.. source.Keys.Where(name => !own.ContainsKey(name) && !skipped.Contains(name))];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The state does not fit {GetName()}: missing are [{string.Join(", ", missing)}], unexpected are "
                        + $"[{string.Join(", ", unexpected)}]. Pass strict: false to load what fits.");
                }
                var shared = own.Where(entry => source.ContainsKey(entry.Key) && !skipped.Contains(entry.Key)).ToList();
                foreach (var (name, tensor) in shared)
                {
                    if (!tensor.shape.AsSpan().SequenceEqual(source[name].shape))
                    {
                        throw new InvalidOperationException(
                            $"The state does not fit {GetName()}: {name} is {Tensor.Shape(tensor.shape)} here and "
                            + $"{Tensor.Shape(source[name].shape)} in the state.");
                    }
                }
                using var untracked = no_grad();
                foreach (var (name, tensor) in shared)
                    tensor.copy_(source[name]);
                return (missing, unexpected);
            }

            internal void Convert(Device? device, ScalarType? type, bool non_blocking)
            {
                using var untracked = no_grad();
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    var requires_grad = parameter.requires_grad;
                    Convert(parameter, device, type, non_blocking);
                    parameter.requires_grad = requires_grad;
                    if (gradient is null)
                        continue;
                    parameter.grad = null;
                    Convert(gradient, device, type, non_blocking);
                    parameter.grad = gradient;
                }
                foreach (var buffer in buffers())
                    Convert(buffer, device, type, non_blocking);
            }

            // the tensor object stays, so that fields and optimizers that hold it see the converted values; counters stay whole numbers
            private static void Convert(Tensor tensor, Device? device, ScalarType? type, bool non_blocking)
            {
                var converted = is_floating_point(tensor.dtype) && type is { } wanted ? wanted : tensor.dtype;
                if (converted == tensor.dtype && (device is null || device == tensor.device))
                    return;
                using var moved = tensor.to(converted, device ?? tensor.device, non_blocking: non_blocking);
                using var detached = moved.detach();
                tensor.Become(detached);
            }
        }
    }
}
