using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Tensors;

public sealed class CreationTests
{
    [Fact]
    public void Numbers_become_tensors_of_their_own_type()
    {
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Int64, tensor(1L).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1.5f).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.5).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Empty(tensor(1).shape);
    }

    [Fact]
    public void Arrays_are_copied_by_tensor()
    {
        float[] data = [1, 2, 3];
        using var copy = tensor(data);
        data[0] = 7;
        Assert.Equal([1, 2, 3], copy.ToArray<float>());
    }

    [Fact]
    public void Arrays_are_shared_by_from_array()
    {
        float[,] data = { { 1, 2 }, { 3, 4 } };
        using var shared = from_array(data);
        data[1, 0] = 7;
        shared[0, 1] = tensor(9f);
        Assert.Equal([1, 9, 7, 4], shared.ToArray<float>());
        Assert.Equal(9, data[0, 1]);
        Assert.Equal([2, 2], shared.shape);
    }

    [Fact]
    public void A_shape_that_does_not_fit_the_data_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => tensor(new float[5], [2, 3]));
        Assert.Equal("A tensor of shape [2x3] has 6 elements; 5 were given.", error.Message);
    }

    [Fact]
    public void Lists_of_every_kind_are_taken()
    {
        Assert.Equal([1, 2], tensor(new List<long> { 1, 2 }).ToArray<long>());
        Assert.Equal([1, 2], tensor(Array.AsReadOnly([1, 2])).ToArray<int>());
        Assert.Equal([1, 2, 3, 4], tensor(new double[,] { { 1, 2 }, { 3, 4 } }).ToArray<double>());
    }

    [Fact]
    public void Arange_counts_in_long_and_measures_in_float()
    {
        Assert.Equal([0, 1, 2], arange(3).ToArray<long>());
        Assert.Equal([1, 3], arange(1, 5, 2).ToArray<long>());
        Assert.Equal([0f, 0.5f], arange(0, 1, 0.5).ToArray<float>());
    }

    [Fact]
    public void Filled_tensors_have_the_shape_type_and_gradient_asked_for()
    {
        using var filled = full([2, 3], 7, requires_grad: false);
        Assert.Equal(ScalarType.Int64, filled.dtype);
        using var zero = zeros([4], ScalarType.Float64, requires_grad: true);
        Assert.True(zero.requires_grad);
        Assert.Equal("[4], type = Float64, device = cpu", zero.ToString());
        Assert.Equal([1, 0, 0, 1], eye(2).ToArray<float>());
        Assert.Equal([0, 0.5f, 1], linspace(0, 1, 3).ToArray<float>());
    }

    [Fact]
    public void The_same_seed_gives_the_numbers_that_PyTorch_gives()
    {
        manual_seed(1);
        using var uniform = rand(3);
        using var normal = randn(3);
        Assert.True(uniform.allclose(tensor(new[] { 0.757631f, 0.279310f, 0.403069f }), rtol: 0, atol: 1e-5));
        Assert.True(normal.allclose(tensor(new[] { 0.72441f, -0.70222f, 1.1661f }), rtol: 0, atol: 1e-4));
    }

    [Fact]
    public void A_generator_is_a_stream_of_its_own()
    {
        using var generator = new Generator();
        generator.manual_seed(5);
        using var first = randperm(10, generator: generator);
        manual_seed(5);
        using var same = randperm(10);
        Assert.Equal(same.ToArray<long>(), first.ToArray<long>());
        Assert.Equal(5, generator.initial_seed());
    }

    [Fact]
    public void A_random_state_can_be_kept_and_put_back()
    {
        using var state = random.get_rng_state();
        using var before = rand(2);
        random.set_rng_state(state);
        using var again = rand(2);
        Assert.Equal(before.ToArray<float>(), again.ToArray<float>());
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("cpu:0:1")]
    [InlineData("1")]
    public void An_unknown_device_is_refused(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => device(name));
        Assert.StartsWith($"There is no device '{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_are_written_as_PyTorch_writes_them()
    {
        Assert.Equal("cuda:1", device("cuda:1").ToString());
        Assert.Equal("cpu", CPU.ToString());
        Assert.Equal(new Device(DeviceType.CPU), device("cpu"));
    }
}
