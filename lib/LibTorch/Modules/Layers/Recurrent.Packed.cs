using TorchSharp.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules;

// Recurrent layers on sequences of several lengths.
public abstract partial class Recurrent<TState, TResult>
{
    /// <summary>Runs <paramref name="op"/> on packed sequences. First and last states are in the order that the batch had before it was packed.</summary>
    /// <returns>The output, packed as the input is, and as many last states as were given.</returns>
    private protected (PackedSequence Output, Tensor[] Last) Run(string op, PackedSequence input, params Tensor?[] states)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (data, sizes) = (input.data, input.batch_sizes);
        if (data.ndim != 2 || data.shape[1] != _settings.Input)
            throw new ArgumentException($"{GetName()} reads {_settings.Input} values a step; the packed steps are {data}.", nameof(input));
        using var scope = NewDisposeScope();
        Tensor[] first = [.. states.Select(state => Ordered(First(state, single: false, data, input.Count), input.sorted_indices))];
        var (bias, layers, dropout, both) = (_settings.Bias, _settings.Layers, _settings.Dropout, _settings.Bidirectional);
        Tensor output;
        Tensor[] last;
        if (first.Length == 1)
        {
            (output, var hidden) = Aten.Call2(op, data, sizes, first[0], _weights, bias, layers, dropout, training, both);
            last = [hidden];
        }
        else
        {
            (output, var hidden, var cell) = Aten.Call3(op, data, sizes, first, _weights, bias, layers, dropout, training, both);
            last = [hidden, cell];
        }
        return (
            input.With(output).MoveToOuterDisposeScope(),
            [.. last.Select(state => Ordered(state, input.unsorted_indices).MoveToOuterDisposeScope())]);
    }

    private static Tensor Ordered(Tensor state, Tensor? order) => order is null ? state : state.index_select(1, order);
}

public sealed partial class RNN
{
    /// <returns>The states of the last layer at all steps, and the last states of all layers.</returns>
    public (PackedSequence, Tensor) call(PackedSequence input, Tensor? h0 = null)
    {
        var (output, last) = Run(_op.Replace(".input", ".data", StringComparison.Ordinal), input, [h0]);
        return (output, last[0]);
    }
}

public sealed partial class GRU
{
    /// <returns>The states of the last layer at all steps, and the last states of all layers.</returns>
    public (PackedSequence, Tensor) call(PackedSequence input, Tensor? h0 = null)
    {
        var (output, last) = Run("gru.data", input, [h0]);
        return (output, last[0]);
    }
}

public sealed partial class LSTM
{
    /// <returns>The states of the last layer at all steps, and the last hidden and cell states of all layers.</returns>
    public (PackedSequence, Tensor, Tensor) call(PackedSequence input, (Tensor, Tensor)? h0_c0 = null)
    {
        var (output, last) = Run("lstm.data", input, h0_c0?.Item1, h0_c0?.Item2);
        return (output, last[0], last[1]);
    }
}
