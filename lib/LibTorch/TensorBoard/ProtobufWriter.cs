using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TorchSharp.TensorBoard;

/// <summary>Writes a protobuf message: each field as its number, its kind and its bytes.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    private enum Kind
    {
        Varint = 0,
        EightBytes = 1,
        Counted = 2,
        FourBytes = 5,
    }

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public static ProtobufWriter Of(Action<ProtobufWriter> write)
    {
        var writer = new ProtobufWriter();
        write(writer);
        return writer;
    }

    public ProtobufWriter Integer(int field, long value)
    {
        Key(field, Kind.Varint);
        Varint((ulong)value);
        return this;
    }

    public ProtobufWriter Float(int field, float value)
    {
        Key(field, Kind.FourBytes);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
        return this;
    }

    public ProtobufWriter Double(int field, double value)
    {
        Key(field, Kind.EightBytes);
        return Bare(value);
    }

    /// <summary>A repeated field, packed.</summary>
    public ProtobufWriter Doubles(int field, ReadOnlySpan<double> values)
    {
        Key(field, Kind.Counted);
        Varint((ulong)values.Length * sizeof(double));
        foreach (var value in values)
            Bare(value);
        return this;
    }

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Key(field, Kind.Counted);
        Varint((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    public ProtobufWriter Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    public ProtobufWriter Message(int field, Action<ProtobufWriter> write) => Bytes(field, Of(write).Written);

    private void Key(int field, Kind kind) => Varint(((ulong)field << 3) | (uint)kind);

    private ProtobufWriter Bare(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
        _bytes.Advance(sizeof(double));
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
