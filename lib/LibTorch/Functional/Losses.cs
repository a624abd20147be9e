using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The negative log-likelihood of the right classes under softmax(input).</summary>
            /// <param name="input">Scores, [N, classes] or [N, classes, …]; not probabilities.</param>
            /// <param name="target">Classes, Int64 [N, …], or probabilities in the shape of the input.</param>
            /// <param name="weight">A weight for each class.</param>
            /// <param name="ignore_index">A class that does not count.</param>
            /// <param name="reduction">What becomes of the samples' losses.</param>
            /// <param name="label_smoothing">How much of the target is spread over all classes, 0 to 1.</param>
            public static Tensor cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, long ignore_index = -100, Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                Aten.Call("cross_entropy_loss", input, target, weight, reduction, ignore_index, label_smoothing);

            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Aten.Call("nll_loss_nd", input, target, weight, reduction);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.Call("mse_loss", input, target, reduction);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.Call("l1_loss", input, target, reduction);

            public static Tensor smooth_l1_loss(
                Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Aten.Call("smooth_l1_loss", input, target, reduction, beta);

            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                Aten.Call("huber_loss", input, target, reduction, delta);

            /// <exception cref="ArgumentException">Input and target have different shapes; the operator itself would let some pass.</exception>
            public static Tensor binary_cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                input.shape.AsSpan().SequenceEqual(target.shape)
                    ? Aten.Call("binary_cross_entropy", input, target, weight, reduction)
                    : throw new ArgumentException(
                        $"Probabilities of shape {Tensor.Shape(input.shape)} and a target of shape {Tensor.Shape(target.shape)}: "
                        + "binary cross-entropy takes one shape for both. Reshape one of them.", nameof(target));

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Aten.Call("binary_cross_entropy_with_logits", input, target, weight, pos_weights, reduction);

            /// <summary>How far <paramref name="target"/> is from <paramref name="input"/>, which holds logarithms of probabilities.</summary>
            /// <param name="input">Logarithms of probabilities.</param>
            /// <param name="target">Their logarithms or, with <paramref name="log_target"/> false, probabilities.</param>
            /// <param name="log_target">True here as in TorchSharp; PyTorch's default is false.</param>
            /// <param name="reduction">What becomes of the elements' losses; <see cref="Reduction.Mean"/> is over elements, not samples.</param>
            public static Tensor kl_div(
                Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Aten.Call("kl_div", input, target, reduction, log_target);
        }
    }
}
