using System.Runtime.CompilerServices;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace LibTorch.Tests.Parity;

// Expected values: packing.json, written by packing.py with PyTorch.
public sealed class PackingParityTests
{
    private static readonly Dictionary<string, double[][]> _expected = JsonSerializer.Deserialize<Dictionary<string, double[][]>>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parity", "packing.json")))!;

    private static readonly Tensor[] sequences =
        [.. new[] { 2, 4, 1, 3 }.Select(n => arange(n * 3, ScalarType.Float64).mul(0.7).add(n).sin().reshape(n, 3))];

    private static readonly Tensor[] ordered = [.. sequences.OrderByDescending(sequence => sequence.shape[0])];
    private static readonly Tensor padded = pad_sequence(sequences);
    private static readonly Tensor lengths = tensor(new long[] { 2, 4, 1, 3 });
    private static readonly Tensor states = arange(80, ScalarType.Float64).mul(0.3).cos().reshape(4, 4, 5);
    private static readonly PackedSequence packed = pack_padded_sequence(padded, lengths, enforce_sorted: false);

    private static readonly Dictionary<string, Func<object>> _results = new()
    {
        ["padded"] = () => padded,
        ["padded with ones"] = () => pad_sequence(sequences, batch_first: true, padding_value: 1),
        ["packed"] = () => packed,
        ["packed in order"] = () => pack_sequence(ordered),
        ["packed sequences"] = () => pack_sequence(sequences, enforce_sorted: false),
        ["packed batch first"] = () => pack_padded_sequence(padded.transpose(0, 1), lengths, batch_first: true, enforce_sorted: false),
        ["unpacked"] = () => pad_packed_sequence(packed),
        ["unpacked longer"] = () => pad_packed_sequence(packed, batch_first: true, padding_value: -1, total_length: 6),
        ["rnn"] = () => Seeded(() => nn.RNN(3, 5)).call(packed),
        ["rnn relu"] = () => Seeded(() => nn.RNN(3, 5, nonLinearity: nn.NonLinearities.ReLU, bias: false)).call(packed),
        ["gru"] = () => Seeded(() => nn.GRU(3, 5, 2, bidirectional: true)).call(packed, states),
        ["gru in order"] = () => Seeded(() => nn.GRU(3, 5)).call(pack_sequence(ordered)),
        ["lstm"] = () => Seeded(() => nn.LSTM(3, 5, 2, bidirectional: true)).call(packed, (states, states.sin())),
        ["lstm from nothing"] = () => Seeded(() => nn.LSTM(3, 5)).call(packed),
    };

    public static TheoryData<string> Names => [.. _expected.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Packed_sequences_hold_and_give_what_PyTorchs_do(string name)
    {
        double[][] actual = [.. Flat(_results[name]()).Select(part => part.@double().ToArray<double>())];
        Assert.Equal(_expected[name].Length, actual.Length);
        foreach (var (numbers, others) in _expected[name].Zip(actual))
            Assert.Equal(numbers, others, (x, y) => Math.Abs(x - y) <= 1e-9);
    }

    [Fact]
    public void Gradients_flow_through_packing_to_every_step_and_to_no_padding()
    {
        using var input = padded.detach().clone().requires_grad_();
        using var layer = Seeded(() => nn.LSTM(3, 5));
        var (output, _, _) = layer.call(pack_padded_sequence(input, lengths, enforce_sorted: false));
        pad_packed_sequence(output).Item1.sum().backward();
        using var touched = input.grad!.abs().sum(2) > 0;
        Assert.Equal(lengths.ToArray<long>(), touched.sum(0).ToArray<long>());
    }

    [Fact]
    public void A_layer_on_packed_sequences_leaves_only_its_results()
    {
        using var layer = Seeded(() => nn.LSTM(3, 5));
        using var scope = NewDisposeScope();
        var (output, hidden, cell) = layer.call(packed);
        var (whole, counts) = pad_packed_sequence(output);
        Assert.Equal(4 + 2 + 2, scope.DisposablesCount);
        output.Dispose();
        Assert.True(output.data.IsInvalid);
    }

    public static TheoryData<string, Action> Mistakes => new()
    {
        { "enforce_sorted: false", () => pack_padded_sequence(padded, lengths) },
        { "A sequence of 5 steps", () => pack_padded_sequence(padded, tensor(new[] { 5L, 1, 1, 1 })) },
        { "A sequence of 0 steps", () => pack_padded_sequence(padded, tensor(new[] { 2L, 1, 1, 0 })) },
        { "one length for each sequence", () => pack_padded_sequence(padded, tensor(new[] { 2L, 1 })) },
        { "total_length (3)", () => pad_packed_sequence(packed, total_length: 3) },
        { "reads 4 values a step", () => nn.GRU(4, 5).call(packed) },
        { "first state of [1x4x5]", () => nn.GRU(3, 5).call(packed, zeros(1, 3, 5)) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named(string reason, Action mistake) =>
        Assert.Contains(reason, Assert.ThrowsAny<ArgumentException>(mistake).Message, StringComparison.Ordinal);

    private static T Seeded<T>(Func<T> make)
        where T : nn.Module
    {
        manual_seed(7);
        var layer = make();
        layer.to(ScalarType.Float64);
        return layer;
    }

    private static IEnumerable<Tensor> Flat(object? result) => result switch
    {
        Tensor tensor => [tensor],
        PackedSequence sequence => Flat((sequence.data, sequence.batch_sizes, sequence.sorted_indices, sequence.unsorted_indices)),
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Flat(tuple[i])),
        _ => [],
    };
}
