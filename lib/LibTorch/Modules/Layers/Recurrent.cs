using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>What the constructors of all recurrent layers take.</summary>
    internal sealed record RecurrentSettings(
        long Input, long Hidden, long Layers, bool Bias, bool BatchFirst, double Dropout, bool Bidirectional, Device? Device,
        ScalarType? DType);

    /// <summary>
    /// Layers that read a sequence step by step: [L, N, input], or [N, L, input] where batches come first, or [L, input]. Weights have
    /// PyTorch's names (weight_ih_l0, …) and start as PyTorch's do.
    /// </summary>
    public abstract partial class Recurrent<TState, TResult> : nn.Module<Tensor, TState, TResult>
    {
        private readonly RecurrentSettings _settings;
        private readonly Parameter[] _weights;

        private protected Recurrent(string name, long gates, RecurrentSettings settings)
            : base(name)
        {
            _settings = settings;
            if (settings.Input <= 0 || settings.Hidden <= 0 || settings.Layers <= 0)
                throw new ArgumentException($"{name} needs an input size, a hidden size and a number of layers above 0.");
            if (settings.Dropout is not (>= 0 and <= 1))
                throw new ArgumentException($"dropout ({settings.Dropout}) is a probability, 0 to 1.");
            var bound = 1 / Math.Sqrt(settings.Hidden);
            _weights = [.. Shapes(gates * settings.Hidden).Select(part =>
            {
                var weight = new Parameter(empty(part.Shape, settings.DType, settings.Device));
                nn.init.uniform_(weight, -bound, bound);
                register_parameter(part.Name, weight);
                return weight;
            })];
        }

        private int Directions => _settings.Bidirectional ? 2 : 1;

        private int WeightsPerLayer => _settings.Bias ? 4 : 2;

        /// <param name="idx">Which layer; with two directions, each counts.</param>
        public Parameter? get_weight_ih(long idx) => _weights[idx * WeightsPerLayer];

        public Parameter? get_weight_hh(long idx) => _weights[(idx * WeightsPerLayer) + 1];

        public Parameter? get_bias_ih(long idx) => _settings.Bias ? _weights[(idx * WeightsPerLayer) + 2] : null;

        public Parameter? get_bias_hh(long idx) => _settings.Bias ? _weights[(idx * WeightsPerLayer) + 3] : null;

        /// <summary>Does nothing: libtorch gathers the weights itself where it needs them side by side.</summary>
        [SuppressMessage("Performance", "CA1822", Justification = "TorchSharp's is a method of the layer.")]
        public void flatten_parameters()
        {
        }

        /// <summary>Runs <paramref name="op"/> on batches; the results of a single sequence lose the dimension of the batch again.</summary>
        /// <returns>The output and as many last states as were given.</returns>
        private protected Tensor[] Run(string op, Tensor input, params Tensor?[] states)
        {
            var single = input.ndim == 2;
            if (!single && input.ndim != 3)
                throw new ArgumentException($"{GetName()} takes an input of 2 or 3 dimensions, not {input.ndim} ({input}).", nameof(input));
            if (input.shape[^1] != _settings.Input)
            {
                throw new ArgumentException(
                    $"{GetName()} reads {_settings.Input} values a step, not {input.shape[^1]} ({input}).", nameof(input));
            }
            var batchDim = _settings.BatchFirst ? 0 : 1;
            using var scope = NewDisposeScope();
            var batch = single ? input.unsqueeze(batchDim) : input;
            Tensor[] first = [.. states.Select(state => First(state, single, batch, batch.shape[batchDim]))];
            var results = Call(op, batch, first);
            if (single)
                results = [results[0].squeeze(batchDim), .. results.Skip(1).Select(state => state.squeeze(1))];
            return [.. results.Select(result => result.MoveToOuterDisposeScope())];
        }

        private Tensor[] Call(string op, Tensor batch, Tensor[] states)
        {
            var (bias, layers, dropout) = (_settings.Bias, _settings.Layers, _settings.Dropout);
            var (both, batchFirst) = (_settings.Bidirectional, _settings.BatchFirst);
            if (states.Length == 1)
            {
                var (output, last) = Aten.Call2(op, batch, states[0], _weights, bias, layers, dropout, training, both, batchFirst);
                return [output, last];
            }
            var (sequence, hidden, cell) = Aten.Call3(op, batch, states, _weights, bias, layers, dropout, training, both, batchFirst);
            return [sequence, hidden, cell];
        }

        private Tensor First(Tensor? state, bool single, Tensor batch, long samples)
        {
            long[] shape = [_settings.Layers * Directions, samples, _settings.Hidden];
            if (state is null)
                return zeros(shape, batch.dtype, batch.device);
            var full = single && state.ndim == 2 ? state.unsqueeze(1) : state;
            if (!full.shape.AsSpan().SequenceEqual(shape))
            {
                throw new ArgumentException(
                    $"{GetName()} needs a first state of {Tensor.Shape(shape)}, not {Tensor.Shape(full.shape)}.", nameof(state));
            }
            return full;
        }

        private IEnumerable<(string Name, long[] Shape)> Shapes(long rows)
        {
            for (var layer = 0; layer < _settings.Layers; layer++)
            {
                for (var direction = 0; direction < Directions; direction++)
                {
                    var suffix = $"l{layer.ToString(CultureInfo.InvariantCulture)}{(direction == 1 ? "_reverse" : "")}";
                    yield return ($"weight_ih_{suffix}", [rows, layer == 0 ? _settings.Input : _settings.Hidden * Directions]);
                    yield return ($"weight_hh_{suffix}", [rows, _settings.Hidden]);
                    if (!_settings.Bias)
                        continue;
                    yield return ($"bias_ih_{suffix}", [rows]);
                    yield return ($"bias_hh_{suffix}", [rows]);
                }
            }
        }
    }

    /// <summary>h = tanh or ReLU of W·x + b + V·h + c, step by step. Source: Elman, 1990.</summary>
    public sealed partial class RNN : Recurrent<Tensor?, (Tensor, Tensor)>
    {
        private readonly string _op;

        internal RNN(nn.NonLinearities nonLinearity, RecurrentSettings settings)
            : base(nameof(RNN), 1, settings) => _op = nonLinearity == nn.NonLinearities.ReLU ? "rnn_relu.input" : "rnn_tanh.input";

        /// <returns>The states of the last layer at all steps, and the last states of all layers.</returns>
        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0) =>
            Run(_op, input, [h0]) is [var output, var last] ? (output, last) : default;

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
    }

    /// <summary>Gated recurrent units. Source: Cho et al., 2014.</summary>
    public sealed partial class GRU : Recurrent<Tensor?, (Tensor, Tensor)>
    {
        internal GRU(RecurrentSettings settings)
            : base(nameof(GRU), 3, settings)
        {
        }

        /// <returns>The states of the last layer at all steps, and the last states of all layers.</returns>
        public override (Tensor, Tensor) forward(Tensor input, Tensor? h0) =>
            Run("gru.input", input, [h0]) is [var output, var last] ? (output, last) : default;

        public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
    }

    /// <summary>Long short-term memory. Source: Hochreiter and Schmidhuber, 1997.</summary>
    public sealed partial class LSTM : Recurrent<(Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
    {
        internal LSTM(RecurrentSettings settings)
            : base(nameof(LSTM), 4, settings)
        {
        }

        /// <returns>The states of the last layer at all steps, and the last hidden and cell states of all layers.</returns>
        public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null) =>
            Run("lstm.input", input, h0_c0?.Item1, h0_c0?.Item2) is [var output, var hidden, var cell] ? (output, hidden, cell) : default;

        public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public enum NonLinearities
            {
                ReLU = 0,
                Tanh = 1,
            }

            public static RNN RNN(
                long inputSize, long hiddenSize, long numLayers = 1, NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true,
                bool batchFirst = false, double dropout = 0.0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(nonLinearity, new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype));

            public static GRU GRU(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0,
                bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype));

            public static LSTM LSTM(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0,
                bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype));
        }
    }
}
