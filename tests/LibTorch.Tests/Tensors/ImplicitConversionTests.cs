using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Tensors;

public sealed class ImplicitConversionTests
{
    [Fact]
    public void Numbers_become_tensors_of_their_own_type_without_dimensions()
    {
        Tensor[] tensors = [(byte)1, (sbyte)1, (short)1, 1, 1L, 1f, 1.0, true, (Scalar)1f];
        Assert.Equal(
            [
                ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Float32, ScalarType.Float64,
                ScalarType.Bool, ScalarType.Float32,
            ],
            tensors.Select(tensor => tensor.dtype));
        Assert.All(tensors, tensor => Assert.Empty(tensor.shape));
        Assert.All(tensors, tensor => Assert.Equal(1, tensor.ToInt32()));
    }

    [Fact]
    public void Arrays_become_tensors_of_one_dimension()
    {
        Tensor whole = new long[] { 1, 2 }, parts = new[] { 0.5f, 1 };
        Assert.Equal([1, 2], whole.ToArray<long>());
        Assert.Equal([0.5f, 1], parts.ToArray<float>());
    }

    [Fact]
    public void A_converted_number_is_the_innermost_scopes()
    {
        using var scope = NewDisposeScope();
        Tensor number = 3;
        Assert.True(scope.Contains(number));
    }

    [Fact]
    public void A_number_is_written_to_the_places_of_an_index()
    {
        using var tensor = zeros(2, 2);
        tensor[0, 1] = 5;
        tensor[1] = 2.5f;
        Assert.Equal([0, 5, 2.5f, 2.5f], tensor.ToArray<float>());
    }

    [Fact]
    public void Operators_still_take_numbers_as_numbers()
    {
        using var half = ones([2], ScalarType.Float16);
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float16, (half + 1.5).dtype);
        Assert.Equal(ScalarType.Float16, (2 * half).dtype);
        Assert.Equal(ScalarType.Bool, (half > 1).dtype);
        Assert.Equal(3, scope.DisposablesCount);
    }
}
