using System.Buffers.Binary;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>
/// Reads the format of torch.save before PyTorch 1.6 (<c>_use_new_zipfile_serialization=False</c>): a magic number, a version, the machine's
/// properties, the content and the names of storages as consecutive pickles, then the length and bytes of each storage. The format has no checksums.
/// </summary>
internal sealed class LegacyFile
{
    private const int MaxPickleBytes = 64 << 20;
    private const long Version = 1001;

    private readonly Stream _stream;
    private readonly Dictionary<string, PickledStorage> _storages = [];
    private readonly Dictionary<string, long> _positions = [];

    private LegacyFile(Stream stream) => _stream = stream;

    /// <summary>Gets the pickle of the number 0x1950a86a20f9469cfc6c, which is longer than any C# integer.</summary>
    private static ReadOnlySpan<byte> Magic => [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>Returns whether the stream has this format, and rewinds it.</summary>
    public static bool IsLegacy(Stream stream)
    {
        Span<byte> start = stackalloc byte[Magic.Length];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return start[..read].SequenceEqual(Magic);
    }

    /// <summary>Reads the whole content. After an error, no tensors remain allocated.</summary>
    public static object? Read(Stream stream) => new LegacyFile(stream).Read();

    private object? Read()
    {
        var bytes = new byte[Math.Min(_stream.Length, MaxPickleBytes)];
        _stream.ReadExactly(bytes);
        var rest = bytes.AsSpan(Magic.Length);
        if (Next(ref rest) is not Version)
            throw new InvalidDataException($"The file does not have version {Version} of the format of PyTorch before 1.6: it is damaged.");
        if (Next(ref rest) is not Dictionary<object, object?> machine || machine.GetValueOrDefault("little_endian") is not true)
            throw new InvalidDataException("The file was written on a big-endian machine, or is damaged.");
        var pickle = rest;
        PlainContent.Check(Next(ref rest));
        var keys = Next(ref rest) as List<object?> ?? throw new InvalidDataException("The file lacks the list of its storages: it is damaged.");
        FindStorages(keys, bytes.Length - rest.Length);
        return new TensorBuilder(Load).Read(pickle);
    }

    /// <summary>Reads the next pickle without creating tensors.</summary>
    private object? Next(ref Span<byte> rest)
    {
        var (content, length) = new Unpickler(description =>
        {
            if (description is PickledTensor { Storage: var storage } && !_storages.TryAdd(storage.Key, storage) && _storages[storage.Key] != storage)
                throw new InvalidDataException($"The file uses its storage {storage.Key} with two types or sizes, which is not supported.");
            return description;
        }).Read(rest);
        rest = rest[length..];
        return content;
    }

    private void FindStorages(List<object?> keys, long position)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (var key in keys)
        {
            if (key is not string name || !_storages.TryGetValue(name, out var storage))
                throw new InvalidDataException("The file has a storage that no tensor uses: it is damaged.");
            _stream.Position = position;
            _stream.ReadExactly(length);
            position += sizeof(long);
            if (BinaryPrimitives.ReadInt64LittleEndian(length) != storage.Elements || !_positions.TryAdd(name, position)
                || TensorBytes.Count([storage.Elements], storage.Type) is not { } bytes || bytes > _stream.Length - position)
            {
                throw new InvalidDataException($"The file's storage {name} does not have {storage.Elements:N0} elements: it is truncated or damaged.");
            }
            position += bytes;
        }
        if (_storages.Keys.FirstOrDefault(key => !_positions.ContainsKey(key)) is { } missing)
            throw new InvalidDataException($"The file lacks the storage {missing}: it is damaged.");
    }

    private Tensor Load(PickledStorage storage)
    {
        var loaded = empty([storage.Elements], storage.Type);
        try
        {
            _stream.Position = _positions[storage.Key];
            TensorBytes.Read(_stream, loaded);
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }
}
