using DeepLearning.Metrics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Rejects inputs of normalization layers that have a single value per mean: the variance is undefined, and one such batch sets the running variance
/// of a batch norm to NaN. PyTorch checks this; TorchSharp does not.
/// </summary>
/// <remarks>
/// Layers are checked in the first batch, and again when the shape of the inputs or the mode of a layer has changed. Other batches have no overhead.
/// </remarks>
internal sealed class NormalizationChecks
{
    private readonly (string Name, nn.Module<Tensor, Tensor> Layer)[] _layers;
    private readonly bool[] _modes;
    private long[] _shape = [];

    public NormalizationChecks(nn.Module model)
    {
        _layers =
        [
            .. model.named_modules().Prepend(("", model)).Where(entry => entry.Item2 is NormBase or GroupNorm)
                .Select(entry => (entry.Item1, (nn.Module<Tensor, Tensor>)entry.Item2)),
        ];
        _modes = new bool[_layers.Length];
    }

    /// <summary>Returns an object that checks the layers until it is disposed of; null if this batch needs no check.</summary>
    public IDisposable? Of(Tensor inputs)
    {
        if (_layers.Length == 0 || !HasChanged(inputs))
            return null;
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

    private bool HasChanged(Tensor inputs)
    {
        var shape = inputs.shape;
        var hasChanged = !shape.AsSpan().SequenceEqual(_shape);
        _shape = shape;
        for (var i = 0; i < _layers.Length; i++)
        {
            hasChanged |= _layers[i].Layer.training != _modes[i];
            _modes[i] = _layers[i].Layer.training;
        }
        return hasChanged;
    }

    /// <exception cref="ArgumentException">A layer in training mode gets a single value per mean.</exception>
    private static void Check(string name, nn.Module<Tensor, Tensor> layer, Tensor values)
    {
        if (!layer.training || ValuesPerMean(layer, values) != 1)
            return;
        var (what, advice) = layer is GroupNorm
            ? ("group", "Use fewer groups.")
            : ("channel", "Drop a last batch of one sample with dropLast, use another batch size, or set the layer to evaluation mode.");
        throw new ArgumentException(
            $"{layer.GetType().Name} '{name}' expected more than 1 value per {what} when training, but got an input of shape "
            + $"{Shapes.Text(values)}: its variance is undefined. {advice}");
    }

    /// <summary>Returns the number of values per mean.</summary>
    private static long ValuesPerMean(nn.Module<Tensor, Tensor> layer, Tensor values)
    {
        var shape = values.shape;
        return layer switch
        {
            // without a batch dimension, the channels of an instance norm come first
            InstanceNorm1d => Product(shape[Math.Max(0, shape.Length - 1)..]),
            InstanceNorm2d => Product(shape[Math.Max(0, shape.Length - 2)..]),
            InstanceNorm3d => Product(shape[Math.Max(0, shape.Length - 3)..]),
            // the other layers reject such shapes themselves
            _ when shape.Length < 2 => 0,
            GroupNorm group => Product(shape[1..]) / group.num_groups,
            _ => shape[0] * Product(shape[2..]),
        };
    }

    private static long Product(long[] sizes) => sizes.Aggregate(1L, (product, size) => product * size);

    private sealed class Checks : IDisposable
    {
        private readonly List<Action> _removers = [];

        public void Add(Action remove) => _removers.Add(remove);

        public void Dispose() => _removers.ForEach(remove => remove());
    }
}
