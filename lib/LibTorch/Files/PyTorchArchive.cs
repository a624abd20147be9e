using System.IO.Compression;
using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>The zip archive of torch.save: one pickle that describes, and one stored entry for each storage.</summary>
internal sealed class PyTorchArchive : IDisposable
{
    private const long MostPickleBytes = 64 << 20;

    private readonly ZipArchive _zip;
    private readonly string _root;
    private readonly Dictionary<string, Tensor> _storages = [];
    private readonly List<Tensor> _built = [];

    private PyTorchArchive(ZipArchive zip, long bytes)
    {
        _zip = zip;
        Int128 total = 0;
        foreach (var entry in zip.Entries)
        {
            // PyTorch stores, and a compressed entry can be a million times as large as it looks
            if (entry.Length != entry.CompressedLength)
                throw new InvalidDataException($"The entry {entry.FullName} is compressed; PyTorch stores: the file is not one of torch.save.");
            total += entry.Length;
        }
        if (total > bytes)
            throw new InvalidDataException("The file's entries are together larger than the file: it is damaged or malicious.");
        var pickles = zip.Entries.Where(entry => entry.Name == "data.pkl" && entry.FullName.Count(letter => letter == '/') == 1).ToList();
        if (pickles is not [var pickle])
            throw new InvalidDataException("The file is a zip archive without PyTorch's data.pkl: it is not one of torch.save.");
        _root = pickle.FullName[..^"data.pkl".Length];
        if (zip.GetEntry(_root + "byteorder") is { Length: < 100 } order && !ReadAll(order).AsSpan().SequenceEqual("little"u8))
            throw new InvalidDataException("The file was written on a big-endian machine: save it again on a little-endian one.");
    }

    /// <summary>Reads the whole content; either all tensors come to be, or none stays behind.</summary>
    public static object? Read(Stream stream)
    {
        RefuseOtherFormats(stream);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        using var archive = new PyTorchArchive(zip, stream.Length);
        return archive.Read();
    }

    public void Dispose()
    {
        foreach (var storage in _storages.Values)
            storage.Dispose();
    }

    private object? Read()
    {
        var entry = _zip.GetEntry(_root + "data.pkl")!;
        if (entry.Length > MostPickleBytes)
            throw new InvalidDataException($"The file's pickle takes {entry.Length:N0} bytes; more than {MostPickleBytes:N0} are not read.");
        var pickle = ReadAll(entry);
        // the first reading refuses what must not be, before there is a single tensor
        var content = new Unpickler(description =>
        {
            if (description is PickledTensor tensor)
                _ = EntryOf(tensor.Storage);
            return description;
        }).Read(pickle);
        PlainContent.Check(content);
        try
        {
            return new Unpickler(Build).Read(pickle);
        }
        catch
        {
            foreach (var tensor in _built)
                tensor.Dispose();
            throw;
        }
    }

    private Tensor Build(object description)
    {
        var tensor = description switch
        {
            PickledTensor view => View(view),
            PickledParameter { Data: Tensor { IsInvalid: false } data } parameter => new Parameter(data, parameter.RequiresGrad),
            _ => throw new InvalidDataException("Two parameters in the file are made of one tensor object: the file is damaged."),
        };
        _built.Add(tensor);
        return tensor;
    }

    private Tensor View(PickledTensor description)
    {
        var storage = StorageOf(description.Storage);
        var tensor = Aten.Call("as_strided", storage, description.Size, description.Stride, description.Offset);
        if (description.RequiresGrad)
            tensor.requires_grad = true;
        return tensor;
    }

    private Tensor StorageOf(PickledStorage storage)
    {
        if (_storages.TryGetValue(storage.Key, out var loaded))
            return loaded;
        var entry = EntryOf(storage);
        loaded = _storages[storage.Key] = empty([storage.Elements], storage.Type);
        using var content = entry.Open();
        if (TensorBytes.Read(content, loaded) != entry.Crc32)
            throw Corrupt(entry);
        return loaded;
    }

    private ZipArchiveEntry EntryOf(PickledStorage storage)
    {
        if (_storages.TryGetValue(storage.Key, out var loaded) && loaded.dtype != storage.Type)
            throw new InvalidDataException($"The file's storage {storage.Key} is used as two types of numbers, which is not read.");
        var entry = _zip.GetEntry($"{_root}data/{storage.Key}")
            ?? throw new InvalidDataException($"The file lacks the storage {storage.Key}: it is truncated or damaged.");
        return TensorBytes.Count([storage.Elements], storage.Type) == entry.Length
            ? entry
            : throw new InvalidDataException(
                $"The file's storage {storage.Key} has {entry.Length:N0} bytes, which are not {storage.Elements:N0} elements of {storage.Type}.");
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
        if (start[0] == 0x80 && start[1] is >= 2 and <= 5)
        {
            throw new InvalidDataException(
                "The file is a pickle without PyTorch's zip around it, as PyTorch before 1.6 wrote: load it there and save it again.");
        }
        throw new InvalidDataException(
            read == 0 ? "The file is empty." : "The file is not a zip archive, so not one of torch.save: it is another format, or damaged.");
    }

    private static InvalidDataException Corrupt(ZipArchiveEntry entry) =>
        new($"The file's entry {entry.FullName} does not match its checksum: the file is damaged.");
}
