using System.Text.Json;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>A tensor's entry in the header of a safetensors file; its bytes are from Begin to End after the header.</summary>
internal sealed record SafeTensorEntry(string Name, ScalarType Type, long[] Shape, long Begin, long End);

/// <summary>Reads and writes the JSON header of a safetensors file.</summary>
internal static class SafeTensorsHeader
{
    public const string MetadataName = "__metadata__";

    private static readonly Dictionary<string, ScalarType> _types = new()
    {
        ["BOOL"] = ScalarType.Bool,
        ["U8"] = ScalarType.Byte,
        ["I8"] = ScalarType.Int8,
        ["I16"] = ScalarType.Int16,
        ["I32"] = ScalarType.Int32,
        ["I64"] = ScalarType.Int64,
        ["F16"] = ScalarType.Float16,
        ["BF16"] = ScalarType.BFloat16,
        ["F32"] = ScalarType.Float32,
        ["F64"] = ScalarType.Float64,
        ["C64"] = ScalarType.ComplexFloat32,
    };

    /// <summary>Returns the entries in the order of their bytes, which must fill the rest of the file without gaps or overlaps.</summary>
    /// <param name="json">The header.</param>
    /// <param name="dataBytes">The number of bytes after the header.</param>
    /// <param name="metadata">Receives the file's metadata.</param>
    /// <exception cref="InvalidDataException">The header is invalid.</exception>
    public static List<SafeTensorEntry> Read(ReadOnlyMemory<byte> json, long dataBytes, Dictionary<string, string> metadata)
    {
        var entries = new List<SafeTensorEntry>();
        var names = new HashSet<string>();
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name))
                    throw new InvalidDataException($"The header has two entries named {property.Name}: the file is damaged or malicious.");
                if (property.Name != MetadataName)
                {
                    entries.Add(Entry(property));
                    continue;
                }
                foreach (var text in property.Value.EnumerateObject())
                    metadata[text.Name] = text.Value.GetString() ?? throw new InvalidDataException($"The metadata {text.Name} is not a string.");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"The file's header is not a safetensors header: the file is damaged. ({error.Message})", error);
        }
        entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
        CheckLayout(entries, dataBytes);
        return entries;
    }

    public static byte[] Write(IReadOnlyList<SafeTensorEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            if (metadata is not null)
            {
                writer.WriteStartObject(MetadataName);
                foreach (var (name, text) in metadata)
                    writer.WriteString(name, text);
                writer.WriteEndObject();
            }
            foreach (var entry in entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", NameOf(entry));
                Numbers(writer, "shape", entry.Shape);
                Numbers(writer, "data_offsets", [entry.Begin, entry.End]);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        // the data after the header is aligned if the length of the header is a multiple of eight
        while (bytes.Length % 8 != 0)
            bytes.WriteByte((byte)' ');
        return bytes.ToArray();
    }

    private static SafeTensorEntry Entry(JsonProperty property)
    {
        var name = property.Name;
        var dtype = property.Value.GetProperty("dtype").GetString();
        if (dtype is null || !_types.TryGetValue(dtype, out var type))
            throw new InvalidDataException($"The tensor {name} is of type {dtype}; supported are {string.Join(", ", _types.Keys)}.");
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets is not [>= 0, >= 0] || offsets[1] < offsets[0])
            throw new InvalidDataException($"The tensor {name} has invalid offsets: the file is damaged.");
        if (shape.Length > 64 || TensorBytes.Count(shape, type) != offsets[1] - offsets[0])
        {
            throw new InvalidDataException(
                $"The tensor {name} of shape {TensorBytes.Text(shape)} and type {dtype} does not fill its {offsets[1] - offsets[0]} bytes.");
        }
        return new(name, type, shape, offsets[0], offsets[1]);
    }

    private static void CheckLayout(List<SafeTensorEntry> entries, long dataBytes)
    {
        long end = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != end)
                throw new InvalidDataException($"The tensor {entry.Name} overlaps another or leaves a gap before it: the file is damaged.");
            end = entry.End;
        }
        if (end != dataBytes)
            throw new InvalidDataException($"The tensors take {end:N0} bytes, but the file has {dataBytes:N0}: it is truncated or damaged.");
    }

    private static string NameOf(SafeTensorEntry entry) =>
        _types.FirstOrDefault(type => type.Value == entry.Type).Key
        ?? throw new ArgumentException($"safetensors has no type for {entry.Name}, which is {entry.Type}: convert it first.");

    private static void Numbers(Utf8JsonWriter writer, string name, long[] numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }
}
