using TorchSharp.Modules;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales all gradients down together, where their norm as one vector is above <paramref name="max_norm"/>.</summary>
            /// <returns>The norm before; not a number, or infinite, where a gradient is.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                var gradients = Gradients(tensors);
                if (gradients.Length == 0)
                    return 0;
                var norms = stack(gradients.Select(gradient => Norm(gradient, norm_type).to(gradients[0].device)));
                var total = Norm(norms, norm_type);
                var scale = (max_norm / (total + 1e-6)).clamp(max: 1.0);
                foreach (var gradient in gradients)
                    gradient.mul_(scale.to(gradient.device));
                return total.ToDouble();
            }

            /// <summary>Holds every element of the gradients within ±<paramref name="clip_value"/>.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var untracked = no_grad();
                using var scope = NewDisposeScope();
                foreach (var gradient in Gradients(tensors))
                    gradient.clamp_(-clip_value, clip_value);
            }

            /// <summary>All elements in one row; gradients flow back through it.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat([.. tensors.Select(tensor => tensor.reshape(-1))]).MoveToOuterDisposeScope();
            }

            /// <summary>
            /// Copies the elements of <paramref name="vec"/> into the parameters, where PyTorch makes the parameters views of it.
            /// </summary>
            /// <exception cref="ArgumentException">The vector has too few or too many elements; nothing has been copied.</exception>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                Parameter[] all = [.. tensors];
                var wanted = all.Sum(tensor => tensor.numel());
                if (vec.ndim != 1 || vec.numel() != wanted)
                {
                    throw new ArgumentException(
                        $"The parameters take a vector of {wanted} elements, not {Tensor.Shape(vec.shape)}.", nameof(vec));
                }
                using var untracked = no_grad();
                long start = 0;
                foreach (var tensor in all)
                {
                    using var part = vec.narrow(0, start, tensor.numel());
                    using var shaped = part.view_as(tensor);
                    tensor.copy_(shaped);
                    start += tensor.numel();
                }
            }

            private static Tensor[] Gradients(IEnumerable<Parameter> tensors) =>
                [.. tensors.Select(tensor => tensor.grad).OfType<Tensor>()];

            private static Tensor Norm(Tensor tensor, double type) => Aten.Call("linalg_vector_norm", tensor, type);
        }
    }
}
