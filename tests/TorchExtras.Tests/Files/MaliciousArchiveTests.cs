using System.IO.Compression;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Files;

public sealed class MaliciousArchiveTests
{
    // {"a": tensor of Float32 in storage 0, four elements}: offset and size follow
    private const string Head = "\u0080\u0002}X\u0001\0\0\0a" + Rebuild;
    private const string Rebuild = "ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0004tQ";
    private const string Tail = "\u0089ccollections\nOrderedDict\n)RtRs.";

    [Fact]
    public void The_pickle_of_these_tests_is_valid()
    {
        using var scope = NewDisposeScope();

        var content = (Dictionary<object, object?>)Load(Archive(Head + "K\u0001K\u0003\u0085K\u0001\u0085" + Tail))!;

        Assert.Equal([2, 3, 4], ((Tensor)content["a"]!).data<float>().ToArray());
    }

    [Theory]
    [InlineData("K\u0001K\u0004\u0085K\u0001\u0085", "exceeds its storage")]
    [InlineData("J\u00ff\u00ff\u00ff\u00ffK\u0004\u0085K\u0001\u0085", "exceeds its storage")]
    [InlineData("K\0K\u0002\u0085J\u00ff\u00ff\u00ff\u00ff\u0085", "negative")]
    [InlineData("K\0\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f\u0085K\u0002\u0085", "exceeds its storage")]
    [InlineData("K\0K\u0002K\u0002\u0086K\u0001\u0085", "sizes and")]
    public void A_view_never_reaches_beyond_its_storage(string view, string reason) => Refused(Archive(Head + view + Tail), reason);

    [Theory]
    [InlineData("cos\nsystem\nX\u0004\0\0\0trueR.", "os.system")]
    [InlineData("cbuiltins\neval\nX\u0001\0\0\01\u0085R.", "builtins.eval")]
    [InlineData("(X\u0001\0\0\0xios\nsystem\n.", "os.system")]
    [InlineData("\u008c\u0002os\u008c\u0006system\u0093.", "os.system")]
    [InlineData("ctorch\nFloatStorage\n)R.", "torch.FloatStorage()")]
    public void Executable_content_is_rejected_by_name(string pickle, string name) => Refused(Archive("\u0080\u0002" + pickle), name);

    [Fact]
    public void Nesting_is_limited() => Refused(Archive("\u0080\u0002" + new string(']', 10_000) + new string('a', 9_999) + "."), "deep");

    [Fact]
    public void A_list_within_itself_is_rejected() => Refused(Archive("\u0080\u0002]q\0h\0a."), "within itself");

    [Fact]
    public void Shared_lists_are_visited_once()
    {
        // each list contains the previous list twice: two to the power of sixty leaves
        var pickle = new StringBuilder("\u0080\u0002]q\0");
        for (var i = 0; i < 60; i++)
            pickle.Append("](h\0h\0eq\0");

        Assert.IsType<List<object?>>(Load(Archive(pickle + ".")));
    }

    [Fact]
    public void Containers_are_counted() => Refused(Archive("\u0080\u0002(" + new string('}', 3_000_000) + "t."), "2,000,000");

    [Fact]
    public void A_compressed_archive_is_rejected() =>
        Refused(Archive("\u0080\u0002" + new string('N', 5000) + ".", CompressionLevel.Optimal), "compressed");

    [Fact]
    public void A_big_endian_file_is_rejected() => Refused(Archive("\u0080\u0002N.", order: "big"), "big-endian");

    [Fact]
    public void A_changed_number_is_detected()
    {
        var archive = Archive(Head + "K\0K\u0004\u0085K\u0001\u0085" + Tail);
        var numbers = archive.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 0, 0x80, 0x3F]);
        archive[numbers] ^= 1;

        Refused(archive, "checksum");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\u0080\u0002\u008a\u000a", "not a zip")]
    [InlineData("GIF89a", "not a zip")]
    public void Other_formats_are_named(string content, string reason) => Refused(Encoding.Latin1.GetBytes(content), reason);

    private static void Refused(byte[] archive, string reason)
    {
        var before = LiveTensors.Settle();

        var error = Assert.Throws<InvalidDataException>(() => Load(archive));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static object? Load(byte[] archive) => PyTorchFile.Load(new MemoryStream(archive));

    private static byte[] Archive(string pickle, CompressionLevel level = CompressionLevel.NoCompression, string order = "little")
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("data.pkl", Encoding.Latin1.GetBytes(pickle));
            Add("byteorder", Encoding.Latin1.GetBytes(order));
            Add("data/0", [.. new[] { 1f, 2, 3, 4 }.SelectMany(BitConverter.GetBytes)]);

            void Add(string name, byte[] content)
            {
                using var entry = zip.CreateEntry("archive/" + name, level).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }
}
