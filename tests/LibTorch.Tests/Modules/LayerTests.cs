using System.Runtime.InteropServices;
using LibTorch.Tests.Memory;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Modules;

public sealed class LayerTests
{
    public static TheoryData<string> Names => LayerTable.Names;

    public static TheoryData<string> NamesWithWeights =>
        [.. LayerTable.All.Where(entry => HasWeights(entry.Value.Make)).Select(entry => entry.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_call_and_its_gradients_leave_no_tensor_behind(string name)
    {
        using var layer = LayerTable.All[name].Make();
        layer.to(ScalarType.Float64);
        Step();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = LiveTensors.Settle();
        Step();
        Assert.Equal(before, Tensor.TotalCount);

        void Step()
        {
            var inputs = LayerTable.All[name].Inputs();
            inputs[0].requires_grad = is_floating_point(inputs[0].dtype);
            var results = LayerTable.Call(layer, inputs);
            using (var sum = results[0].sum())
                sum.backward();
            layer.zero_grad();
            foreach (var tensor in results.Concat(inputs))
                tensor.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Unfit_inputs_give_a_result_or_an_exception_and_never_end_the_process(string name)
    {
        using var layer = LayerTable.All[name].Make();
        foreach (var make in Unfit(name))
        {
            using var scope = NewDisposeScope();
            var inputs = LayerTable.All[name].Inputs();
            inputs[0] = make();
            _ = Record(layer, inputs);
            foreach (var (place, input) in LayerTable.All[name].Inputs().Index().Skip(1))
                _ = Record(layer, [.. inputs[..place], make(), .. inputs[(place + 1)..]]);
        }
    }

    [Theory]
    [MemberData(nameof(NamesWithWeights))]
    public void Layers_with_weights_refuse_the_wrong_rank_width_and_type(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = LayerTable.All[name].Make();
        var inputs = LayerTable.All[name].Inputs();
        var (shape, type) = (inputs[0].shape, inputs[0].dtype);
        long[] wide = [.. shape.Select(_ => 11L)];
        Tensor[] unfit = layer is Embedding
            ? [full(wide, 11L), ones(shape)]
            : [zeros([]), ones(wide), ones(shape, ScalarType.Int64)];
        foreach (var input in unfit)
        {
            inputs[0] = input;
            Assert.True(Record(layer, inputs) is not null, $"{name} took {input}");
        }
    }

    private static bool HasWeights(Func<nn.Module> make)
    {
        using var layer = make();
        return layer.parameters().Any();
    }

    private static IEnumerable<Func<Tensor>> Unfit(string name)
    {
        var shape = LayerTable.All[name].Inputs()[0].shape;
        yield return () => zeros([]);
        yield return () => zeros([0]);
        yield return () => ones(3);
        yield return () => ones([1, 1, 1, 1, 1, 1, 1]);
        yield return () => ones([.. shape.Select(_ => 11L)]);
        yield return () => zeros([.. shape.Select(_ => 0L)]);
        yield return () => zeros([0, .. shape[1..]]);
        yield return () => zeros([.. shape[..^1], 0]);
        yield return () => ones(shape, ScalarType.Int64);
        yield return () => ones(shape, ScalarType.Bool);
        yield return () => ones(shape, ScalarType.ComplexFloat32);
        yield return () => full(shape, double.NaN);
        yield return () => full(shape, -5L);
    }

    /// <summary>The exception of a call, where it is of the kinds that users are told of.</summary>
    private static Exception? Record(nn.Module layer, Tensor[] inputs)
    {
        try
        {
            LayerTable.Call(layer, inputs);
            return null;
        }
        catch (Exception error) when (error is ExternalException or ArgumentException)
        {
            return error;
        }
    }
}
