using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>A tensor's elements as the bytes of a file, which are little-endian as the machine's own.</summary>
internal static unsafe class TensorBytes
{
    private const int MostAtOnce = 1 << 24;

    /// <summary>Bytes of one element; 0 for a number that is no <see cref="ScalarType"/> of ours.</summary>
    public static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => 0,
    };

    /// <summary>The bytes that a tensor of this shape takes; null where the shape is impossible or the number does not fit.</summary>
    public static long? Count(ReadOnlySpan<long> shape, ScalarType type)
    {
        Int128 bytes = SizeOf(type);
        var empty = false;
        foreach (var size in shape)
        {
            if (size < 0)
                return null;
            empty |= size == 0;
            bytes *= Math.Max(size, 1);
            if (bytes > long.MaxValue)
                return null;
        }
        return empty ? 0 : (long)bytes;
    }

    /// <summary>Writes the elements in order, from wherever they lie.</summary>
    public static void Write(Tensor tensor, Stream stream)
    {
        using var untracked = no_grad();
        using var near = tensor.cpu();
        using var dense = near.contiguous();
        Write((byte*)dense.Data(), dense.NumberOfElements * dense.ElementSize, stream);
        GC.KeepAlive(dense);
    }

    public static void Write(byte* data, long count, Stream stream)
    {
        for (long done = 0; done < count; done += MostAtOnce)
            stream.Write(new ReadOnlySpan<byte>(data + done, (int)Math.Min(MostAtOnce, count - done)));
    }

    /// <summary>Fills a dense CPU tensor; returns the CRC-32 of what was read.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before the tensor does.</exception>
    public static uint Read(Stream stream, Tensor dense)
    {
        var data = (byte*)dense.Data();
        var count = dense.NumberOfElements * dense.ElementSize;
        uint crc = 0;
        for (long done = 0; done < count; done += MostAtOnce)
        {
            var part = new Span<byte>(data + done, (int)Math.Min(MostAtOnce, count - done));
            stream.ReadExactly(part);
            crc = Crc32.Continue(crc, part);
        }
        GC.KeepAlive(dense);
        return crc;
    }
}
