using DeepLearning.Data;
using TorchSharp;
using TorchSharp.Extras.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// Predicts with a trained model: <c>Predict.Classes(model, images)</c> for classification, <c>Predict.BinaryLabels(…)</c> for two classes with one
/// output, <c>Predict.MultiLabels(…)</c> for multi-label classification, <c>Predict.Values(…)</c> for regression.
/// </summary>
/// <remarks>
/// Every method computes in evaluation mode, without gradients, on the device of the model, and restores the mode of every submodule. Results are on
/// the CPU, in the order of the samples. Inputs or outputs whose shapes or types do not fit throw an <see cref="ArgumentException"/> with the shapes.
/// A sample whose outputs are NaN has no class and no label: the methods that return classes or labels throw an <see cref="ArgumentException"/> with
/// its index.
/// </remarks>
public static class Predict
{
    /// <summary>Returns the outputs of the model, Float32 [N, …]: the values of a regression, or the logits of a classifier.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The samples, [N, …], which are computed as one batch.</param>
    public static Tensor Values(nn.Module<Tensor, Tensor> model, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(model, [inputs], outputs => outputs);
    }

    /// <inheritdoc cref="Values(nn.Module{Tensor, Tensor}, Tensor)"/>
    /// <param name="model">The model.</param>
    /// <param name="batches">The samples, not shuffled; the targets are ignored.</param>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    public static Tensor Values(nn.Module<Tensor, Tensor> model, IBatches batches) => Run(model, Inputs(batches), outputs => outputs);

    /// <summary>Returns the probabilities of the classes, Float32 [N, classes]: the softmax of the outputs.</summary>
    /// <param name="model">A classifier with logits [N, classes] as outputs.</param>
    /// <param name="inputs">The samples, [N, …].</param>
    public static Tensor Probabilities(nn.Module<Tensor, Tensor> model, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(model, [inputs], Softmax);
    }

    /// <inheritdoc cref="Probabilities(nn.Module{Tensor, Tensor}, Tensor)"/>
    /// <param name="model">A classifier with logits [N, classes] as outputs.</param>
    /// <param name="batches">The samples, not shuffled; the targets are ignored.</param>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    public static Tensor Probabilities(nn.Module<Tensor, Tensor> model, IBatches batches) => Run(model, Inputs(batches), Softmax);

    /// <summary>Returns the most probable class of each sample, Int64 [N].</summary>
    /// <param name="model">A classifier with logits or probabilities [N, classes] as outputs.</param>
    /// <param name="inputs">The samples, [N, …].</param>
    public static Tensor Classes(nn.Module<Tensor, Tensor> model, Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(model, [inputs], Largest, isDecision: true);
    }

    /// <inheritdoc cref="Classes(nn.Module{Tensor, Tensor}, Tensor)"/>
    /// <param name="model">A classifier with logits or probabilities [N, classes] as outputs.</param>
    /// <param name="batches">The samples, not shuffled; the targets are ignored.</param>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    public static Tensor Classes(nn.Module<Tensor, Tensor> model, IBatches batches) => Run(model, Inputs(batches), Largest, isDecision: true);

    /// <summary>Returns the probability of class 1 in binary classification, Float32 [N].</summary>
    /// <param name="model">A model with one output per sample, [N] or [N, 1].</param>
    /// <param name="inputs">The samples, [N, …].</param>
    /// <param name="fromLogits">
    /// Whether the outputs are logits, as for binary_cross_entropy_with_logits; false if the model ends with a sigmoid.
    /// </param>
    public static Tensor BinaryProbabilities(nn.Module<Tensor, Tensor> model, Tensor inputs, bool fromLogits = true)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(model, [inputs], outputs => Binary(outputs, fromLogits));
    }

    /// <inheritdoc cref="BinaryProbabilities(nn.Module{Tensor, Tensor}, Tensor, bool)"/>
    /// <param name="model">A model with one output per sample, [N] or [N, 1].</param>
    /// <param name="batches">The samples, not shuffled; the targets are ignored.</param>
    /// <param name="fromLogits">Whether the outputs are logits; false if the model ends with a sigmoid.</param>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    public static Tensor BinaryProbabilities(nn.Module<Tensor, Tensor> model, IBatches batches, bool fromLogits = true) =>
        Run(model, Inputs(batches), outputs => Binary(outputs, fromLogits));

    /// <summary>Returns the label of each sample in binary classification, Int64 [N]: 1 if the probability is above the threshold, else 0.</summary>
    /// <param name="model">A model with one output per sample, [N] or [N, 1].</param>
    /// <param name="inputs">The samples, [N, …].</param>
    /// <param name="fromLogits">Whether the outputs are logits; false if the model ends with a sigmoid.</param>
    /// <param name="threshold">The threshold of the probability.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public static Tensor BinaryLabels(nn.Module<Tensor, Tensor> model, Tensor inputs, bool fromLogits = true, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(model, [inputs], outputs => Above(Binary(outputs, fromLogits), threshold), isDecision: true);
    }

    /// <inheritdoc cref="BinaryLabels(nn.Module{Tensor, Tensor}, Tensor, bool, double)"/>
    /// <param name="model">A model with one output per sample, [N] or [N, 1].</param>
    /// <param name="batches">The samples, not shuffled; the targets are ignored.</param>
    /// <param name="fromLogits">Whether the outputs are logits; false if the model ends with a sigmoid.</param>
    /// <param name="threshold">The threshold of the probability.</param>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public static Tensor BinaryLabels(nn.Module<Tensor, Tensor> model, IBatches batches, bool fromLogits = true, double threshold = 0.5) =>
        Run(model, Inputs(batches), outputs => Above(Binary(outputs, fromLogits), threshold), isDecision: true);

    /// <summary>Returns the probability of each label of a sample, Float32 [N, labels]; a sample can have several labels, or none.</summary>
    /// <param name="model">A model with one output per label, [N, labels].</param>
    /// <param name="inputs">The samples, [N, …].</param>
    /// <param name="fromLogits">
    /// Whether the outputs are logits, as for binary_cross_entropy_with_logits; false if the model ends with a sigmoid.
    /// </param>
    public static Tensor MultiLabelProbabilities(nn.Module<Tensor, Tensor> model, Tensor inputs, bool fromLogits = true)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(model, [inputs], outputs => MultiLabel(outputs, fromLogits));
    }

    /// <inheritdoc cref="MultiLabelProbabilities(nn.Module{Tensor, Tensor}, Tensor, bool)"/>
    /// <param name="model">A model with one output per label, [N, labels].</param>
    /// <param name="batches">The samples, not shuffled; the targets are ignored.</param>
    /// <param name="fromLogits">Whether the outputs are logits; false if the model ends with a sigmoid.</param>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    public static Tensor MultiLabelProbabilities(nn.Module<Tensor, Tensor> model, IBatches batches, bool fromLogits = true) =>
        Run(model, Inputs(batches), outputs => MultiLabel(outputs, fromLogits));

    /// <summary>Returns the labels of each sample, Int64 [N, labels]: 1 if the probability is above the threshold, else 0.</summary>
    /// <param name="model">A model with one output per label, [N, labels].</param>
    /// <param name="inputs">The samples, [N, …].</param>
    /// <param name="fromLogits">Whether the outputs are logits; false if the model ends with a sigmoid.</param>
    /// <param name="threshold">The threshold of the probability.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public static Tensor MultiLabels(nn.Module<Tensor, Tensor> model, Tensor inputs, bool fromLogits = true, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return Run(model, [inputs], outputs => Above(MultiLabel(outputs, fromLogits), threshold), isDecision: true);
    }

    /// <inheritdoc cref="MultiLabels(nn.Module{Tensor, Tensor}, Tensor, bool, double)"/>
    /// <param name="model">A model with one output per label, [N, labels].</param>
    /// <param name="batches">The samples, not shuffled; the targets are ignored.</param>
    /// <param name="fromLogits">Whether the outputs are logits; false if the model ends with a sigmoid.</param>
    /// <param name="threshold">The threshold of the probability.</param>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not between 0 and 1.</exception>
    public static Tensor MultiLabels(nn.Module<Tensor, Tensor> model, IBatches batches, bool fromLogits = true, double threshold = 0.5) =>
        Run(model, Inputs(batches), outputs => Above(MultiLabel(outputs, fromLogits), threshold), isDecision: true);

    private static Tensor Softmax(Tensor outputs) => nn.functional.softmax(Scores(outputs), dim: 1);

    private static Tensor Largest(Tensor outputs) => Scores(outputs).argmax(1);

    private static Tensor Above(Tensor probabilities, double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, 1);
        using Scalar limit = threshold; // kept alive during the call, because TorchSharp does not keep it alive
        return probabilities.gt(limit).to(ScalarType.Int64);
    }

    private static Tensor Scores(Tensor outputs) => outputs.ndim == 2 && outputs.shape[1] > 1
        ? outputs
        : throw new ArgumentException(
            $"The outputs of a classifier must be [N, classes] with at least two classes, but these are [{string.Join(", ", outputs.shape)}]. Use BinaryLabels or Values for a "
            + "single output, and add a batch dimension to a single sample with .unsqueeze(0).",
            nameof(outputs));

    private static Tensor Binary(Tensor outputs, bool fromLogits)
    {
        if (outputs.ndim is not (1 or 2) || (outputs.ndim == 2 && outputs.shape[1] != 1))
        {
            throw new ArgumentException(
                $"A model for binary classification must have one output per sample, [N] or [N, 1], but the outputs are [{string.Join(", ", outputs.shape)}]. Use MultiLabels for several labels and Classes for classes.", nameof(outputs));
        }
        var flat = outputs.flatten();
        return fromLogits ? flat.sigmoid() : flat;
    }

    private static Tensor MultiLabel(Tensor outputs, bool fromLogits)
    {
        if (outputs.ndim != 2)
            throw new ArgumentException($"A model for several labels must have one output per label, [N, labels], but the outputs are [{string.Join(", ", outputs.shape)}].", nameof(outputs));
        return fromLogits ? outputs.sigmoid() : outputs;
    }

    private static IEnumerable<Tensor> Inputs(IBatches batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return batches.Count > 0
            ? Batches.Take(batches, skip: 0, most: int.MaxValue).Select(batch => batch.Inputs)
            : throw new ArgumentException("There are no batches to predict.", nameof(batches));
    }

    /// <exception cref="ArgumentException">An output is NaN, so its sample has no class or label.</exception>
    private static void RequireNumbers(Tensor outputs, long samplesBefore)
    {
        var undefined = outputs.ndim > 1 ? outputs.isnan().flatten(1).any(1) : outputs.isnan();
        if (undefined.any().item<bool>())
        {
            throw new ArgumentException(
                $"The outputs of the model for sample {samplesBefore + undefined.to(ScalarType.Byte).argmax().item<long>()} are NaN: they are no class and no label. "
                + "Fill in missing inputs (MissingValueFiller), or train again if the training diverged.", nameof(outputs));
        }
    }

    private static Tensor Run(nn.Module<Tensor, Tensor> model, IEnumerable<Tensor> batches, Func<Tensor, Tensor> read, bool isDecision = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        var device = model.parameters().Select(parameter => parameter.device).FirstOrDefault(CPU);
        var modes = ModuleModes.Of(model);
        List<Tensor> parts = [];
        try
        {
            model.eval();
            using var untracked = no_grad();
            foreach (var inputs in batches)
            {
                Batches.RequireAlive(inputs, nameof(inputs));
                using var scope = NewDisposeScope();
                var outputs = ModelCall.Run(model, inputs.to(device));
                var result = read(outputs);
                if (isDecision)
                    RequireNumbers(outputs, parts.Sum(part => part.shape[0]));
                parts.Add((result.is_floating_point() ? result.to(ScalarType.Float32) : result).cpu().DetachFromDisposeScope());
            }
            return cat(parts);
        }
        finally
        {
            modes.Restore();
            foreach (var part in parts)
                part.Dispose();
        }
    }
}
