using System.IO.Compression;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>Reads the zip archive of torch.save: a pickle that describes the content, and an uncompressed entry for each storage.</summary>
internal sealed class PyTorchArchive
{
    private const long MaxPickleBytes = 64 << 20;

    private readonly ZipArchive _zip;
    private readonly string _root;

    private PyTorchArchive(ZipArchive zip, long bytes)
    {
        _zip = zip;
        Int128 total = 0;
        foreach (var entry in zip.Entries)
        {
            // PyTorch never compresses entries, and a compressed entry can expand a thousandfold
            if (entry.Length != entry.CompressedLength)
            {
                throw new InvalidDataException(
                    $"The entry {entry.FullName} is compressed, which torch.save never does: the file is not a PyTorch file.");
            }
            total += entry.Length;
        }
        if (total > bytes)
            throw new InvalidDataException("The file's entries are together larger than the file: it is damaged or malicious.");
        var pickles = zip.Entries.Where(entry => entry.Name == "data.pkl" && entry.FullName.Count(letter => letter == '/') == 1).ToList();
        if (pickles is not [var pickle])
            throw new InvalidDataException("The file is a zip archive without PyTorch's data.pkl: it is not a PyTorch file.");
        _root = pickle.FullName[..^"data.pkl".Length];
        if (zip.GetEntry(_root + "byteorder") is { Length: < 100 } order && !ReadAll(order).AsSpan().SequenceEqual("little"u8))
            throw new InvalidDataException("The file was written on a big-endian machine: save it again on a little-endian one.");
    }

    /// <summary>Reads the whole content. After an error, no tensors remain allocated.</summary>
    public static object? Read(Stream stream)
    {
        RefuseOtherFormats(stream);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        return new PyTorchArchive(zip, stream.Length).Read();
    }

    private object? Read()
    {
        var entry = _zip.GetEntry(_root + "data.pkl")!;
        if (entry.Length > MaxPickleBytes)
            throw new InvalidDataException($"The file's pickle has {entry.Length:N0} bytes; the limit is {MaxPickleBytes:N0}.");
        var pickle = ReadAll(entry);
        // the first pass checks everything before the first tensor is created
        var (content, _) = new Unpickler(description =>
        {
            if (description is PickledTensor tensor)
                _ = EntryOf(tensor.Storage);
            return description;
        }).Read(pickle);
        PlainContent.Check(content);
        return new TensorBuilder(Load).Read(pickle);
    }

    private Tensor Load(PickledStorage storage)
    {
        var entry = EntryOf(storage);
        var loaded = empty([storage.Elements], storage.Type);
        try
        {
            using var content = entry.Open();
            return TensorBytes.Read(content, loaded) == entry.Crc32 ? loaded : throw Corrupt(entry);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    private ZipArchiveEntry EntryOf(PickledStorage storage)
    {
        var entry = _zip.GetEntry($"{_root}data/{storage.Key}")
            ?? throw new InvalidDataException($"The file lacks the storage {storage.Key}: it is truncated or damaged.");
        return TensorBytes.Count([storage.Elements], storage.Type) == entry.Length
            ? entry
            : throw new InvalidDataException(
                $"The file's storage {storage.Key} has {entry.Length:N0} bytes, not the size of {storage.Elements:N0} elements of {storage.Type}.");
    }

    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        var bytes = new byte[entry.Length];
        content.ReadExactly(bytes);
        return Crc32.Of(bytes) == entry.Crc32 ? bytes : throw Corrupt(entry);
    }

    private static void RefuseOtherFormats(Stream stream)
    {
        Span<byte> start = stackalloc byte[4];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (start.SequenceEqual("PK\x03\x04"u8))
            return;
        throw new InvalidDataException(
            read == 0 ? "The file is empty." : "The file is not a zip archive and therefore not a PyTorch file: it has another format, or is damaged.");
    }

    private static InvalidDataException Corrupt(ZipArchiveEntry entry) =>
        new($"The file's entry {entry.FullName} does not match its checksum: the file is damaged.");
}
