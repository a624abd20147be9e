using System.Buffers.Binary;
using TorchSharp.Files;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Reads and writes files of the <see href="https://huggingface.co/docs/safetensors">safetensors</see> format: named tensors and string
/// metadata, no code.
/// </summary>
public static class SafeTensors
{
    // the limit of the format's reference implementation
    private const int MaxHeaderBytes = 100_000_000;

    /// <summary>Loads the tensors of a file to the CPU.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or of another format.</exception>
    public static Dictionary<string, Tensor> Load(string path) => Load(path, out _);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="path">The file.</param>
    /// <param name="metadata">The file's string metadata.</param>
    public static Dictionary<string, Tensor> Load(string path, out Dictionary<string, string> metadata)
    {
        var texts = metadata = [];
        using var stream = File.OpenRead(path);
        return FileErrors.Named(path, () => FileErrors.Clear(() => Read(stream, texts)));
    }

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">A stream that can seek; it is read to its end.</param>
    /// <param name="metadata">The file's string metadata.</param>
    public static Dictionary<string, Tensor> Load(Stream stream, out Dictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream cannot seek, so its length is unknown: copy it to a MemoryStream first.", nameof(stream));
        var texts = metadata = [];
        return FileErrors.Clear(() => Read(stream, texts));
    }

    /// <summary>Writes tensors, contiguous and aligned. Tensors that share memory are each written in full.</summary>
    /// <exception cref="ArgumentException">The format lacks a tensor's type; no file is written.</exception>
    public static void Save(IReadOnlyDictionary<string, Tensor> tensors, string path, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Save(tensors, stream, metadata));

    /// <inheritdoc cref="Save(IReadOnlyDictionary{string, Tensor}, string, IReadOnlyDictionary{string, string})"/>
    /// <param name="tensors">The tensors under their names.</param>
    /// <param name="stream">The stream to write to; it is left open.</param>
    /// <param name="metadata">The file's string metadata.</param>
    public static void Save(IReadOnlyDictionary<string, Tensor> tensors, Stream stream, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(stream);
        if (tensors.ContainsKey(SafeTensorsHeader.MetadataName))
            throw new ArgumentException($"No tensor can be named {SafeTensorsHeader.MetadataName}: the format reserves this name for metadata.", nameof(tensors));
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

    /// <summary>Loads a safetensors file into a module. All names and shapes are checked first: after an error the module is unchanged.</summary>
    /// <param name="module">The module; its parameters keep their requires_grad, device and type.</param>
    /// <param name="location">The file.</param>
    /// <param name="strict">Whether the file must have exactly the module's names.</param>
    /// <param name="skip">Names that are not loaded.</param>
    /// <param name="loadedParameters">Receives each name of the file, and whether the module has it.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another format.</exception>
    /// <exception cref="InvalidOperationException">Names or shapes differ.</exception>
    public static T load_safetensors<T>(
        this T module, string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        StateDicts.LoadAndDispose(module, Load(location), strict, skip, loadedParameters);
        return module;
    }

    /// <summary>Saves a module's state dict as a safetensors file.</summary>
    /// <param name="module">The module.</param>
    /// <param name="location">The file; it is replaced atomically.</param>
    /// <param name="skip">Names that are not saved.</param>
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
        if (length > MaxHeaderBytes || (long)length > rest)
            throw new InvalidDataException($"The file declares a header of {length:N0} bytes: it is truncated, or not a safetensors file.");
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
