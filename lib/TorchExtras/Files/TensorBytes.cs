using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>Reads and writes the elements of tensors as bytes of a file. Files and all supported machines are little-endian.</summary>
internal static class TensorBytes
{
    private const int MaxChunkBytes = 1 << 24;

    /// <summary>Returns the size of an element in bytes, or 0 for a type that files do not support.</summary>
    public static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => 0,
    };

    /// <summary>Returns the size of a tensor of this shape in bytes, or null if the shape is invalid or the size exceeds 64 bits.</summary>
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

    /// <summary>Returns a shape as text: "[2x3]".</summary>
    public static string Text(IEnumerable<long> shape) => $"[{string.Join('x', shape)}]";

    /// <summary>Writes the elements of any strided tensor in row-major order.</summary>
    public static void Write(Tensor tensor, Stream stream)
    {
        using var untracked = no_grad();
        using var local = Local(tensor);
        using var dense = local.contiguous();
        Write(dense, dense.storage_offset(), dense.NumberOfElements, stream);
    }

    /// <summary>Writes consecutive elements of a CPU tensor's storage.</summary>
    public static void Write(Tensor owner, long offset, long count, Stream stream)
    {
        foreach (var part in Chunks(owner, offset, count))
        {
            using (part)
                stream.Write(part.bytes);
        }
    }

    /// <summary>Fills a contiguous CPU tensor from a stream and returns the CRC-32 of the bytes.</summary>
    /// <exception cref="EndOfStreamException">The stream ends before the tensor is full.</exception>
    public static uint Read(Stream stream, Tensor dense)
    {
        uint crc = 0;
        foreach (var part in Chunks(dense, dense.storage_offset(), dense.NumberOfElements))
        {
            using (part)
            {
                var bytes = part.bytes;
                stream.ReadExactly(bytes);
                crc = Crc32.Continue(crc, bytes);
            }
        }
        return crc;
    }

    /// <summary>Returns a detached view or copy in CPU memory, with lazy conjugation resolved.</summary>
    /// <exception cref="ArgumentException">The tensor's type or layout cannot be saved.</exception>
    public static Tensor Local(Tensor tensor)
    {
        if (SizeOf(tensor.dtype) == 0)
            throw new ArgumentException($"A tensor of type {tensor.dtype} cannot be saved: convert it to another type first.");
        if (tensor.is_sparse)
            throw new ArgumentException("A sparse tensor cannot be saved: save tensor.to_dense().");
        using var untracked = no_grad();
        using var detached = tensor.detach();
        var local = detached.cpu();
        if (!is_complex(tensor.dtype) || IsResolved(local))
            return local;
        using Scalar zero = 0; // these are kept alive during the call, because TorchSharp does not keep them alive
        using Scalar one = 1;
        using (local)
            return local.add(zero, one);
    }

    private static bool IsResolved(Tensor complex)
    {
        try
        {
            using var real = complex.view_as_real();
            return true;
        }
        catch (System.Runtime.InteropServices.ExternalException)
        {
            // libtorch rejects this view only for a lazy conjugate
            return false;
        }
    }

    private static IEnumerable<Tensor> Chunks(Tensor owner, long offset, long count)
    {
        var most = MaxChunkBytes / SizeOf(owner.dtype);
        for (long done = 0; done < count; done += most)
            yield return owner.as_strided([Math.Min(most, count - done)], [1], offset + done);
    }
}
