using System.Buffers.Binary;
using TorchSharp.Files;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Files of the safetensors format: named tensors and a few texts, nothing that could run.</summary>
public static class SafeTensors
{
    // the limit of the format's reference implementation
    private const int MostHeaderBytes = 100_000_000;

    /// <summary>The tensors of a file, on the CPU.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another format.</exception>
    public static Dictionary<string, Tensor> Load(string path) => Load(path, out _);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="path">The file.</param>
    /// <param name="metadata">The file's texts.</param>
    public static Dictionary<string, Tensor> Load(string path, out Dictionary<string, string> metadata)
    {
        var texts = metadata = [];
        using var stream = File.OpenRead(path);
        return FileErrors.Named(path, () => FileErrors.Clear(() => Read(stream, texts)));
    }

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">A stream that can seek, read to its end.</param>
    /// <param name="metadata">The file's texts.</param>
    public static Dictionary<string, Tensor> Load(Stream stream, out Dictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
            throw new ArgumentException("The length of this stream is not known: copy it to a MemoryStream.", nameof(stream));
        var texts = metadata = [];
        return FileErrors.Clear(() => Read(stream, texts));
    }

    /// <summary>Writes tensors, dense and in an order that aligns them; those that share memory are written each.</summary>
    /// <exception cref="ArgumentException">A tensor is of a type that the format lacks; there is no new file.</exception>
    public static void Save(IReadOnlyDictionary<string, Tensor> tensors, string path, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Save(tensors, stream, metadata));

    /// <inheritdoc cref="Save(IReadOnlyDictionary{string, Tensor}, string, IReadOnlyDictionary{string, string})"/>
    /// <param name="tensors">The tensors under their names.</param>
    /// <param name="stream">Where to; it is left open.</param>
    /// <param name="metadata">The file's texts.</param>
    public static void Save(IReadOnlyDictionary<string, Tensor> tensors, Stream stream, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(stream);
        if (tensors.ContainsKey(SafeTensorsHeader.MetadataName))
            throw new ArgumentException($"No tensor can be named {SafeTensorsHeader.MetadataName}: the format keeps its texts there.", nameof(tensors));
        var entries = new List<SafeTensorEntry>();
        long end = 0;
        foreach (var (name, tensor) in tensors.OrderByDescending(entry => TensorBytes.SizeOf(entry.Value.dtype)))
        {
            var begin = end;
            end += tensor.NumberOfElements * tensor.ElementSize;
            entries.Add(new(name, tensor.dtype, tensor.shape, begin, end));
        }
        var header = SafeTensorsHeader.Write(entries, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var entry in entries)
            TensorBytes.Write(tensors[entry.Name], stream);
    }

    /// <summary>Loads a safetensors file into a module; when anything is wrong, the module is unchanged.</summary>
    public static T load_safetensors<T>(
        this T module, string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        StateDicts.Load(module, Load(location), strict, skip, loadedParameters);
        return module;
    }

    public static T save_safetensors<T>(this T module, string location, IList<string>? skip = null)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        Save(StateDicts.Of(module, skip), location);
        return module;
    }

    private static Dictionary<string, Tensor> Read(Stream stream, Dictionary<string, string> metadata)
    {
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(start);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        var rest = stream.Length - stream.Position;
        if (length > MostHeaderBytes || (long)length > rest)
            throw new InvalidDataException($"The file claims a header of {length:N0} bytes: it is truncated, or not in the safetensors format.");
        var json = new byte[length];
        stream.ReadExactly(json);
        var entries = SafeTensorsHeader.Read(json, rest - (long)length, metadata);
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            foreach (var entry in entries)
            {
                var tensor = tensors[entry.Name] = empty(entry.Shape, entry.Type);
                TensorBytes.Read(stream, tensor);
            }
            return tensors;
        }
        catch
        {
            foreach (var tensor in tensors.Values)
                tensor.Dispose();
            throw;
        }
    }
}
