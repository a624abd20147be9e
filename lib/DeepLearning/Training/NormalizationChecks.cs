using DeepLearning.Metrics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Refuses what a normalization layer cannot learn from: a single value per channel has no variance, and one such batch turns the running variance of a
/// batch norm into NaN. PyTorch checks it, TorchSharp does not.
/// </summary>
/// <remarks>Layers are checked in the first batch and in those of another size than the batch before, so that other batches take no more time.</remarks>
internal sealed class NormalizationChecks(nn.Module model)
{
    private readonly (string Name, NormBase Layer)[] _layers =
        [.. model.named_modules().Prepend(("", model)).Where(entry => entry.Item2 is NormBase).Select(entry => (entry.Item1, (NormBase)entry.Item2))];

    private long _samples;

    /// <summary>Checks the layers until the result is disposed; null when this batch needs no check.</summary>
    public IDisposable? Of(Tensor inputs)
    {
        if (_layers.Length == 0 || inputs.shape[0] == _samples)
            return null;
        _samples = inputs.shape[0];
        var checks = new Checks();
        foreach (var (name, layer) in _layers)
        {
            checks.Add(layer.register_forward_pre_hook((_, values) =>
            {
                Check(name, layer, values);
                return values;
            }).remove);
        }
        return checks;
    }

    /// <exception cref="ArgumentException">A layer in training mode gets a single value per channel.</exception>
    private static void Check(string name, NormBase layer, Tensor values)
    {
        if (!layer.training)
            return;
        var perChannel = values.shape.Skip(2).Aggregate(1L, (product, size) => product * size);
        // an instance norm has one sample at a time; one without a batch dimension is left alone
        var isInstanceNorm = layer.GetType().Name.StartsWith("Instance", StringComparison.Ordinal);
        if (values.ndim < 2 || (isInstanceNorm ? perChannel : perChannel * values.shape[0]) > 1)
            return;
        throw new ArgumentException(
            $"{layer.GetType().Name} '{name}' expected more than 1 value per channel when training and got an input of shape {Shapes.Text(values)}: its variance is not "
            + "defined. Leave out a last batch of one sample with dropLast, use another batch size, or put the layer into evaluation mode.");
    }

    private sealed class Checks : IDisposable
    {
        private readonly List<Action> _removers = [];

        public void Add(Action remove) => _removers.Add(remove);

        public void Dispose() => _removers.ForEach(remove => remove());
    }
}
