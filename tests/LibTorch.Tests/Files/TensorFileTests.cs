using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Files;

public sealed class TensorFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Bool)]
    [InlineData(ScalarType.BFloat16)]
    public void A_tensor_is_read_as_it_was_written(ScalarType type)
    {
        using var tensor = arange(6).reshape(2, 3).t().to(type);
        tensor.Save(_folder["own"]);
        tensor.save(_folder["pytorch"]);
        using var own = Tensor.Load(_folder["own"]);
        using var other = load(_folder["pytorch"]);
        Assert.Equal((type, type), (own.dtype, other.dtype));
        Assert.Equal([3, 2], own.shape);
        Assert.True(own.eq(tensor).all().ToBoolean());
        Assert.True(other.eq(tensor).all().ToBoolean());
    }

    [Fact]
    public void The_bytes_are_TorchSharps()
    {
        using var stream = new MemoryStream();
        tensor(new[] { 1, 2 }, [1, 2]).Save(stream);
        Assert.Equal([3, 2, 1, 2, 1, 0, 0, 0, 2, 0, 0, 0], stream.ToArray());
    }

    [Fact]
    public void Tensors_stand_one_after_the_other_in_a_stream()
    {
        using var stream = new MemoryStream();
        tensor(1).Save(stream);
        tensor(2L).Save(stream);
        stream.Position = 0;
        Assert.Equal(1, Tensor.Load(stream).item<int>());
        Assert.Equal(2, Tensor.Load(stream).item<long>());
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 6, 1 })]
    [InlineData(new byte[] { 6, 1, 2, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 99, 1, 1, 0 })]
    [InlineData(new byte[] { 6, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1 })]
    [InlineData(new byte[] { 6, 127 })]
    public void A_damaged_file_is_named(byte[] content)
    {
        File.WriteAllBytes(_folder["damaged"], content);
        var error = Assert.Throws<InvalidDataException>(() => Tensor.Load(_folder["damaged"]));
        Assert.StartsWith(_folder["damaged"], error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_dict_is_not_taken_for_a_tensor()
    {
        using var linear = nn.Linear(2, 2);
        PyTorchFile.Save(linear.state_dict(), _folder["model"]);
        var error = Assert.Throws<InvalidDataException>(() => load(_folder["model"]));
        Assert.Contains("PyTorchFile.LoadStateDict", error.Message, StringComparison.Ordinal);
    }
}
