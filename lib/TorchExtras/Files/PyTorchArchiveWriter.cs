using System.IO.Compression;
using System.Text;

namespace TorchSharp.Files;

/// <summary>Writes the zip archive of torch.save.</summary>
internal static class PyTorchArchiveWriter
{
    public static void Write(object? content, Stream stream)
    {
        using var plan = new StoragePlan(Pickler.TensorsOf(content));
        var pickle = Pickler.Pickle(content, plan);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        Entry(zip, "data.pkl", entry => entry.Write(pickle));
        Entry(zip, "byteorder", entry => entry.Write("little"u8));
        foreach (var storage in plan.Storages)
            Entry(zip, $"data/{storage.Key}", entry => TensorBytes.Write(storage.Owner, storage.First, storage.Elements, entry));
        Entry(zip, "version", entry => entry.Write("3\n"u8));
    }

    private static void Entry(ZipArchive zip, string name, Action<Stream> write)
    {
        var entry = zip.CreateEntry($"archive/{name}", CompressionLevel.NoCompression);
        // a fixed timestamp, so that equal content gives equal files
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var content = entry.Open();
        write(content);
    }
}
