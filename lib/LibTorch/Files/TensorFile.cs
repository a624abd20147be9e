using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>A tensor in TorchSharp's own format: its type, its dimensions, their sizes, then its bytes.</summary>
internal static class TensorFile
{
    private const int MostDimensions = 64;

    public static void Write(BinaryWriter writer, Tensor tensor)
    {
        Leb128.Write(writer, (long)tensor.dtype);
        Leb128.Write(writer, tensor.ndim);
        foreach (var size in tensor.shape)
            Leb128.Write(writer, size);
        writer.Flush();
        TensorBytes.Write(tensor, writer.BaseStream);
    }

    /// <param name="reader">Where from.</param>
    /// <param name="name">The tensor's name, for the error.</param>
    /// <exception cref="InvalidDataException">There is no such tensor.</exception>
    public static (ScalarType Type, long[] Shape, long Bytes) ReadHeader(BinaryReader reader, string name)
    {
        var type = (ScalarType)Leb128.Read(reader, sbyte.MaxValue, "type of numbers");
        var shape = new long[Leb128.Read(reader, MostDimensions, "number of dimensions")];
        for (var dim = 0; dim < shape.Length; dim++)
            shape[dim] = Leb128.Read(reader, long.MaxValue, "size");
        return TensorBytes.SizeOf(type) != 0 && TensorBytes.Count(shape, type) is { } bytes
            ? (type, shape, bytes)
            : throw new InvalidDataException($"The file's tensor {name} has an impossible type or shape: the file is damaged.");
    }

    /// <summary>Reads a tensor that nothing is known of before: the file's length tells whether its size can be true.</summary>
    public static Tensor Read(Stream stream)
    {
        if (!stream.CanSeek)
            throw new ArgumentException("This stream does not tell how long it is: copy it to a MemoryStream.", nameof(stream));
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        return FileErrors.Clear(() =>
        {
            var (type, shape, bytes) = ReadHeader(reader, "");
            if (bytes > stream.Length - stream.Position)
                throw new EndOfStreamException($"It has {stream.Length - stream.Position} bytes of a tensor of {bytes}.");
            return ReadContent(stream, type, shape);
        });
    }

    public static Tensor ReadContent(Stream stream, ScalarType type, long[] shape)
    {
        var value = empty(shape, type);
        try
        {
            TensorBytes.Read(stream, value);
            return value;
        }
        catch
        {
            value.Dispose();
            throw;
        }
    }
}
