using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Files;

// Two thousand damaged files of each format: each loads or throws the documented exception, in bounded memory.
public sealed class DamagedFileTests : IDisposable
{
    private const int Attempts = 2_000;
    private const long MaxBytes = 64 << 20;

    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData("state_dict")]
    [InlineData("checkpoint")]
    [InlineData("views")]
    [InlineData("parameters")]
    [InlineData("legacy")]
    public void Damaged_PyTorch_files_are_rejected(string fixture)
    {
        var whole = File.ReadAllBytes(PyTorchFileTests.Fixture(fixture));

        Break(whole, bytes => PyTorchFile.Load(bytes));
    }

    [Fact]
    public void Damaged_pickles_in_sound_archives_are_rejected()
    {
        var pickle = Pickle();

        // with valid checksums, so that only the unpickler can detect the damage
        Break(pickle, bytes =>
        {
            using var archive = new MemoryStream();
            using (var zip = new System.IO.Compression.ZipArchive(archive, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
            {
                Entry(zip, "data.pkl", bytes.ToArray());
                Entry(zip, "data/0", new byte[96]);
                Entry(zip, "data/1", new byte[96]);
            }
            PyTorchFile.Load(archive);
        });
    }

    [Fact]
    public void Damaged_safetensors_are_rejected()
    {
        using var net = PyTorchFileTests.Network();
        using var whole = new MemoryStream();
        SafeTensors.Save(net.state_dict(), whole);

        Break(whole.ToArray(), bytes => SafeTensors.Load(bytes, out _));
    }

    private static byte[] Pickle()
    {
        using var file = new MemoryStream();
        var whole = arange(24f);
        PyTorchFile.Save(new Dictionary<string, object?> { ["a"] = whole, ["b"] = whole.view(4, 6).t(), ["c"] = new[] { ones(24) }, ["d"] = 3 }, file);
        using var zip = new System.IO.Compression.ZipArchive(file);
        using var entry = zip.GetEntry("archive/data.pkl")!.Open();
        using var pickle = new MemoryStream();
        entry.CopyTo(pickle);
        return pickle.ToArray();
    }

    private static void Entry(System.IO.Compression.ZipArchive zip, string name, byte[] bytes)
    {
        using var entry = zip.CreateEntry("archive/" + name, System.IO.Compression.CompressionLevel.NoCompression).Open();
        entry.Write(bytes);
    }

    private static void Break(byte[] whole, Action<MemoryStream> load)
    {
        var random = new Random(whole.Length);
        var refused = 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            using var scope = NewDisposeScope();
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                load(new MemoryStream(Broken(whole, random)));
            }
            catch (Exception error) when (error is InvalidDataException or ArgumentException { Source: "TorchExtras" })
            {
                refused++;
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxBytes);
        }
        Assert.InRange(refused, Attempts / 4, Attempts);
    }

    private static byte[] Broken(byte[] whole, Random random)
    {
        var bytes = (byte[])whole.Clone();
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                var from = random.Next(bytes.Length);
                return [.. bytes[..from], .. bytes[random.Next(from, bytes.Length)..]];
            case 2:
                bytes.AsSpan(random.Next(bytes.Length - 1), 1).Fill((byte)random.Next(256));
                return bytes;
            default:
                for (var i = random.Next(1, 20); i > 0; i--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
        }
    }
}
