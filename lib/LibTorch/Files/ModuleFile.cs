using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>
/// TorchSharp's own format: a count, then for each tensor its name, type, shape and bytes. A file is read to its end before the first value of
/// a module changes.
/// </summary>
internal static class ModuleFile
{
    private const int MostEntries = 10_000_000;
    private const int MostNameBytes = 1 << 16;

    public static void Write(BinaryWriter writer, IEnumerable<KeyValuePair<string, Tensor>> state)
    {
        var entries = state.ToList();
        Leb128.Write(writer, entries.Count);
        foreach (var (name, tensor) in entries)
        {
            writer.Write(name);
            TensorFile.Write(writer, tensor);
        }
    }

    public static void Load(
        nn.Module module, BinaryReader reader, bool strict, IList<string>? skip, Dictionary<string, bool>? loadedParameters)
    {
        var own = module.state_dict();
        var skipped = new HashSet<string>(skip ?? []);
        var found = new Dictionary<string, bool>();
        var loaded = new List<(Tensor Target, Tensor Value)>();
        try
        {
            FileErrors.Clear(() => Read(reader, own, strict, skipped, found, loaded));
            using var untracked = no_grad();
            foreach (var (target, value) in loaded)
                target.copy_(value);
        }
        finally
        {
            foreach (var (_, value) in loaded)
                value.Dispose();
        }
        if (loadedParameters is null)
            return;
        foreach (var (name, known) in found)
            loadedParameters[name] = known;
    }

    private static bool Read(
        BinaryReader reader, Dictionary<string, Tensor> own, bool strict, HashSet<string> skipped, Dictionary<string, bool> found,
        List<(Tensor Target, Tensor Value)> loaded)
    {
        var count = Leb128.Read(reader, MostEntries, "number of tensors");
        if (strict && count != own.Count)
            throw new ModuleMismatchException($"The file has {count} tensors and the module {own.Count}. Pass strict: false to load what fits.");
        for (long i = 0; i < count; i++)
        {
            var name = ReadName(reader);
            var (type, shape, bytes) = TensorFile.ReadHeader(reader, name);
            var known = own.TryGetValue(name, out var target);
            if (!found.TryAdd(name, known))
                throw new InvalidDataException($"The file has two tensors named {name}: it is damaged.");
            if (!known && strict)
                throw new ModuleMismatchException($"The file has a tensor {name}, the module has none. Pass strict: false to load what fits.");
            if (!known || skipped.Contains(name))
                Skip(reader.BaseStream, bytes);
            else
                loaded.Add((target!, ReadTensor(reader.BaseStream, name, type, shape, target!)));
        }
        return true;
    }

    private static Tensor ReadTensor(Stream stream, string name, ScalarType type, long[] shape, Tensor target)
    {
        if (type != target.dtype || !shape.AsSpan().SequenceEqual(target.shape))
        {
            throw new ModuleMismatchException(
                $"{name} is {type} of shape {Tensor.Shape(shape)} in the file and {target.dtype} of shape {Tensor.Shape(target.shape)} in the "
                + "module.");
        }
        return TensorFile.ReadContent(stream, type, shape);
    }

    private static string ReadName(BinaryReader reader)
    {
        var length = (int)Leb128.Read(reader, MostNameBytes, "length of a name");
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? Encoding.UTF8.GetString(bytes) : throw new EndOfStreamException("A name ends too early.");
    }

    private static void Skip(Stream stream, long bytes)
    {
        Span<byte> dropped = stackalloc byte[4096];
        while (bytes > 0)
        {
            var part = dropped[..(int)Math.Min(dropped.Length, bytes)];
            stream.ReadExactly(part);
            bytes -= part.Length;
        }
    }
}
