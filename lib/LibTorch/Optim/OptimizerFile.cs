using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// An optimizer's state in a file: eight bytes of signature, the length of a JSON header, the header, and the tensors' bytes one after the
/// other in the header's order.
/// </summary>
internal static unsafe class OptimizerFile
{
    private const int LongestHeader = 256 << 20;
    private const int Chunk = 16 << 20;

    private static readonly JsonSerializerOptions _json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static ReadOnlySpan<byte> Signature => "OPTSTATE"u8;

    public static void Write(string path, string optimizer, optim.Optimizer.StateDictionary state)
    {
        var beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew))
            {
                Write(file, optimizer, state);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>The state, whose tensors are the caller's to dispose.</summary>
    public static optim.Optimizer.StateDictionary Read(string path, string optimizer, Type options)
    {
        using var file = File.OpenRead(path);
        try
        {
            return Read(file, path, optimizer, options);
        }
        catch (Exception error) when (error is JsonException or EndOfStreamException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is damaged: {error.Message}", error);
        }
    }

    private static void Write(FileStream file, string optimizer, optim.Optimizer.StateDictionary state)
    {
        var header = new Header(
            optimizer,
            [.. state.Options.Select(options => JsonSerializer.SerializeToElement(options, options.GetType(), _json))],
            state.StateIndexRef,
            [.. state.State.Select(entry => new Entry(entry.step, [.. entry.Tensors.Select(tensor => Describe(tensor.Key, tensor.Value))]))]);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(header, _json);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        file.Write(Signature);
        file.Write(length);
        file.Write(bytes);
        foreach (var tensor in state.State.SelectMany(entry => entry.Tensors.Values))
        {
            using var near = tensor.cpu();
            using var dense = near.contiguous();
            var data = (byte*)dense.Data();
            var left = dense.NumberOfElements * dense.ElementSize;
            for (; left > 0; data += Chunk, left -= Chunk)
                file.Write(new ReadOnlySpan<byte>(data, (int)Math.Min(left, Chunk)));
        }
    }

    private static Description Describe(string name, Tensor tensor) =>
        new(name, tensor.dtype, tensor.shape, tensor.NumberOfElements * tensor.ElementSize);

    private static optim.Optimizer.StateDictionary Read(FileStream file, string path, string optimizer, Type options)
    {
        var start = new byte[Signature.Length + sizeof(int)];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < start.Length || !start.AsSpan().StartsWith(Signature))
            throw new InvalidDataException($"{path} is not an optimizer's state: save_state_dict writes one.");
        var length = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(Signature.Length));
        if (length is < 0 or > LongestHeader || length > file.Length - file.Position)
            throw new InvalidDataException($"{path} was cut off: its header is not whole.");
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        var header = JsonSerializer.Deserialize<Header>(bytes, _json);
        if (header is not { optimizer: not null, options: not null, groups: not null, states: not null })
            throw new InvalidDataException($"{path} is damaged: its header lacks a part.");
        if (header.optimizer != optimizer)
            throw new InvalidOperationException($"{path} holds the state of {header.optimizer}; this optimizer is {optimizer}.");
        Verify(header, path, file.Length - file.Position);
        var state = new optim.Optimizer.StateDictionary();
        state.Options.AddRange(header.options.Select(
            entry => (OptimizerOptions?)entry.Deserialize(options, _json) ?? throw new JsonException("a group has no settings.")));
        state.StateIndexRef.AddRange(header.groups);
        foreach (var entry in header.states)
        {
            var memory = new OptimizerState { step = entry.step };
            state.State.Add(memory);
            foreach (var description in entry.tensors)
                memory.Tensors.Add(description.name, Read(file, description));
        }
        return state;
    }

    /// <summary>Nothing is made that the file does not have the bytes for.</summary>
    private static void Verify(Header header, string path, long rest)
    {
        if (header.groups.Any(group => group is null || group.Exists(index => index < 0 || index >= header.states.Count)))
            throw new InvalidDataException($"{path} is damaged: a group names a parameter that the file does not have.");
        if (header.states.Any(entry => entry?.tensors is null || entry.tensors.Any(tensor => tensor?.name is null || tensor.shape is null)))
            throw new InvalidDataException($"{path} is damaged: a parameter's state lacks a part.");
        var wanted = header.states.SelectMany(entry => entry.tensors).Sum(tensor => tensor.bytes);
        if (wanted != rest || header.states.Exists(entry => entry.tensors.Exists(tensor => tensor.bytes < 0)))
        {
            throw new InvalidDataException(
                $"{path} was cut off or is damaged: its tensors take {wanted:N0} bytes, and it has {rest:N0} for them.");
        }
        foreach (var tensor in header.states.SelectMany(entry => entry.tensors))
        {
            var elements = 1L;
            foreach (var size in tensor.shape)
                elements = size < 0 ? throw new OverflowException($"{tensor.name} has a negative size.") : checked(elements * size);
            if (!Enum.IsDefined(tensor.type) || checked(elements * SizeOf(tensor.type)) != tensor.bytes)
                throw new InvalidDataException($"{path} is damaged: {tensor.name} does not have the bytes of its shape.");
        }
    }

    private static long SizeOf(ScalarType type)
    {
        using var none = empty([0], type);
        return none.ElementSize;
    }

    private static Tensor Read(FileStream file, Description description)
    {
        var tensor = empty(description.shape, description.type).DetachFromDisposeScope();
        var data = (byte*)tensor.Data();
        var left = description.bytes;
        for (; left > 0; data += Chunk, left -= Chunk)
            file.ReadExactly(new Span<byte>(data, (int)Math.Min(left, Chunk)));
        return tensor;
    }

    private sealed record Header(string optimizer, List<JsonElement> options, List<List<int>> groups, List<Entry> states);

    private sealed record Entry(long step, List<Description> tensors);

    private sealed record Description(string name, ScalarType type, long[] shape, long bytes);
}
