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
    // the limit of the reference implementation
    private const int MaxHeaderBytes = 100_000_000;

    /// <summary>Loads the tensors of a file to the CPU.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist, or the path is that of a folder.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of another format.</exception>
    /// <param name="path">The path of the file.</param>
    public static Dictionary<string, Tensor> Load(string path) => Load(path, out _);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="path">The path of the file.</param>
    /// <param name="metadata">The file's string metadata.</param>
    public static Dictionary<string, Tensor> Load(string path, out Dictionary<string, string> metadata)
    {
        var texts = metadata = [];
        using var stream = FileErrors.Open(path);
        return FileErrors.Named(path, () => FileErrors.Clear(() => Read(stream, texts)));
    }

    /// <inheritdoc cref="Load(string)" path="/summary|/exception[contains(@cref, 'InvalidData')]"/>
    /// <param name="stream">A seekable stream, which is read to its end.</param>
    /// <param name="metadata">The file's string metadata.</param>
    /// <exception cref="ArgumentException">The stream is not seekable.</exception>
    public static Dictionary<string, Tensor> Load(Stream stream, out Dictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
            throw new ArgumentException("The stream is not seekable, so its length is unknown: copy it to a MemoryStream first.", nameof(stream));
        var texts = metadata = [];
        return FileErrors.Clear(() => Read(stream, texts));
    }

    /// <summary>Saves tensors to a file, contiguous and aligned. Each of several tensors that share memory is written in full.</summary>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="path">The path of the file, which is replaced atomically.</param>
    /// <param name="metadata">Texts by name for the header of the file; none by default.</param>
    /// <exception cref="ArgumentException">The format does not support the type of a tensor; no file is written.</exception>
    public static void Save(IReadOnlyDictionary<string, Tensor> tensors, string path, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Save(tensors, stream, metadata));

    /// <inheritdoc cref="Save(IReadOnlyDictionary{string, Tensor}, string, IReadOnlyDictionary{string, string})"/>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="stream">The output stream, which is left open.</param>
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

    /// <summary>
    /// Loads a safetensors file into a module. The method checks all names and shapes first; after an error, the module is unchanged.
    /// </summary>
    /// <param name="module">The module, whose parameters keep their requires_grad, device and type.</param>
    /// <param name="location">The path of the file.</param>
    /// <param name="strict">Whether the names in the file must equal the module's names.</param>
    /// <param name="skip">The names to skip.</param>
    /// <param name="loadedParameters">Receives each name in the file and whether the module has it.</param>
    /// <exception cref="FileNotFoundException">The file does not exist, or the path is that of a folder.</exception>
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
    /// <param name="location">The path of the file, which is replaced atomically.</param>
    /// <param name="skip">The names to skip.</param>
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
