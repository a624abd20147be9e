using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Files;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Tensors_of_every_type_and_the_metadata_come_back()
    {
        ScalarType[] types = [int8, uint8, int16, int32, int64, float16, bfloat16, float32, float64, @bool, complex64];
        var tensors = types.ToDictionary(type => type.ToString(), type => tensor(new[] { 1f, 0, 1 }).to(type));
        tensors["matrix"] = arange(6L).view(2, 3).t();
        tensors["nothing"] = zeros(0, 2);

        SafeTensors.Save(tensors, _folder["a.safetensors"], new Dictionary<string, string> { ["format"] = "pt" });
        var read = SafeTensors.Load(_folder["a.safetensors"], out var metadata);

        Assert.Equal("pt", metadata["format"]);
        Assert.Equal(tensors.Keys.Order(), read.Keys.Order());
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.dtype, read[name].dtype);
            Assert.True(tensor.eq(read[name]).all().item<bool>(), name);
            Assert.Equal(tensor.shape, read[name].shape);
        }
    }

    [Fact]
    public void The_bytes_follow_the_format()
    {
        using var bytes = new MemoryStream();

        SafeTensors.Save(new Dictionary<string, Tensor> { ["a"] = ones(1) }, bytes);

        const string Header = """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""";
        var expected = Encoding.ASCII.GetBytes(Header.PadRight(56));
        Assert.Equal([56, 0, 0, 0, 0, 0, 0, 0, .. expected, 0, 0, 0x80, 0x3F], bytes.ToArray());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "overlaps")]
    [InlineData("""{"a":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}}""", "F8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""", "does not fill")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "two entries")]
    [InlineData("""[1]""", "header")]
    [InlineData("""{"a":{}}""", "header")]
    public void An_invalid_header_is_rejected(string header, string reason)
    {
        var text = Encoding.ASCII.GetBytes(header);
        var bytes = new byte[8 + text.Length + 8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes, 8);
        var before = LiveTensors.Settle();

        var error = Assert.Throws<InvalidDataException>(() => SafeTensors.Load(new MemoryStream(bytes), out _));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void A_module_round_trips_through_a_file()
    {
        using var source = PyTorchFileTests.Network();
        using var target = PyTorchFileTests.Network();

        source.save_safetensors(_folder["net.safetensors"]);
        target.load_safetensors(_folder["net.safetensors"]);

        Assert.Equal(source.state_dict()["3.weight"].data<float>().ToArray(), target.state_dict()["3.weight"].data<float>().ToArray());
    }
}
