using System.IO.Compression;
using DeepLearning.Data;

namespace DeepLearning.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] _twoByThree = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plain_file_is_read()
    {
        var idx = IdxFile.Read(Write(_twoByThree), rank: 2);
        Assert.Equal([2, 3], idx.Sizes);
        Assert.Equal([1, 2, 3, 4, 5, 6], idx.Elements);
    }

    [Fact]
    public void A_compressed_file_is_read_with_any_name()
    {
        var path = Write(_twoByThree);
        using (var packed = new GZipStream(File.Create(path), CompressionMode.Compress))
            packed.Write(_twoByThree);
        Assert.Equal([1, 2, 3, 4, 5, 6], IdxFile.Read(path, rank: 2).Elements);
    }

    [Fact]
    public void A_written_file_is_read_back()
    {
        var path = _folder["written"];
        using (var file = File.Create(path))
            new IdxFile([1, 2, 2], [9, 8, 7, 255]).Write(file);
        var idx = IdxFile.Read(path, rank: 3);
        Assert.Equal([1, 2, 2], idx.Sizes);
        Assert.Equal([9, 8, 7, 255], idx.Elements);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 9, 2, 0, 0, 0, 1 }, "its magic number is 00000902, not 000008 and the rank.")]
    [InlineData(new byte[] { 0x89, 0x50, 0x4e, 0x47 }, "its magic number is 89504E47, not 000008 and the rank.")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 7 }, "it has 1 dimensions, not 2.")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0 }, "it ends within its header.")]
    [InlineData(new byte[] { 0, 0, 8 }, "it ends within its header.")]
    [InlineData(new byte[0], "it ends within its header.")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2 }, "it ends within its 6 elements.")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2 }, "there are bytes after the last element.")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1 }, "its header says -1 elements.")]
    [InlineData(new byte[] { 0, 0, 8, 2, 0x7f, 0, 0, 0, 0x7f, 0, 0, 0 }, "its header says 2130706432 elements.")]
    public void A_damaged_file_is_rejected_with_the_reason(byte[] bytes, string expected)
    {
        var path = Write(bytes);
        var error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, rank: 2));
        Assert.Equal($"{path} is damaged or not an IDX file: {expected} Delete it; it will be downloaded again.", error.Message);
    }

    [Fact]
    public void A_truncated_compressed_file_is_rejected()
    {
        var path = _folder["cut.gz"];
        using (var file = File.Create(path))
            new IdxFile([100, 100], [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 7919 >> 3))]).Write(file);
        using (var file = File.OpenWrite(path))
            file.SetLength(file.Length / 2);
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, rank: 2));
    }

    [Fact]
    public void Compressed_random_bytes_are_rejected()
    {
        var path = Write([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(path, rank: 2));
    }

    [Fact]
    public void Random_bytes_are_read_or_rejected()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var bytes = (byte[])_twoByThree.Clone();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var path = Write(bytes[..random.Next(bytes.Length + 1)]);
            try
            {
                var idx = IdxFile.Read(path, rank: 2);
                Assert.Equal(idx.Sizes[0] * idx.Sizes[1], idx.Elements.Length);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    private string Write(byte[] bytes)
    {
        var path = _folder["file"];
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
