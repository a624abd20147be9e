using static TorchSharp.torch;

namespace LibTorch.Tests.Types;

public sealed class FInfoTests
{
    // as PyTorch's torch.finfo prints them
    [Theory]
    [InlineData(ScalarType.Float16, 16, 0.0009765625, 65504.0, 6.103515625e-05, 0.001)]
    [InlineData(ScalarType.BFloat16, 16, 0.0078125, 3.3895313892515355e+38, 1.1754943508222875e-38, 0.01)]
    [InlineData(ScalarType.Float32, 32, 1.1920928955078125e-07, 3.4028234663852886e+38, 1.1754943508222875e-38, 1e-06)]
    [InlineData(ScalarType.ComplexFloat64, 64, 2.220446049250313e-16, 1.7976931348623157e+308, 2.2250738585072014e-308, 1e-15)]
    public void A_type_says_what_it_can_hold(ScalarType type, int bits, double eps, double max, double tiny, double resolution)
    {
        var info = finfo(type);
        Assert.Equal((bits, eps, max, -max), (info.bits, info.eps, info.max, info.min));
        Assert.Equal((tiny, tiny), (info.tiny, info.smallest_normal));
        Assert.Equal(resolution, info.resolution, resolution * 1e-9);
    }

    [Fact]
    public void The_limits_are_those_of_libtorch()
    {
        using var type = tensor(new[] { finfo(float16).max, 2 * finfo(float16).max, 1 + finfo(float16).eps, 1 + finfo(float16).eps / 4 }).to(float16);
        Assert.Equal([65504, double.PositiveInfinity, 1 + finfo(float16).eps, 1], type.to(float64).ToArray<double>());
    }

    [Fact]
    public void Without_a_type_it_is_single_precision_and_whole_numbers_have_none()
    {
        Assert.Equal(finfo(float32), finfo());
        Assert.Throws<ArgumentException>(() => finfo(int64));
    }
}
