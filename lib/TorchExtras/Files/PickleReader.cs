using System.Buffers.Binary;
using System.Text;

namespace TorchSharp.Files;

/// <summary>Reads numbers and strings from the bytes of a pickle, with bounds checks.</summary>
internal ref struct PickleReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    private readonly int _length = bytes.Length;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Gets the number of bytes that have been read.</summary>
    public readonly int Position => _length - _rest.Length;

    public ReadOnlySpan<byte> Take(long count)
    {
        if ((ulong)count > (ulong)_rest.Length)
            throw new InvalidDataException("The pickle in the file ends too early: it is truncated or damaged.");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public double Float64() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>Reads an integer whose first byte is its length in bytes.</summary>
    public long Long()
    {
        var bytes = Take(Byte());
        if (bytes.Length > sizeof(long))
            throw new InvalidDataException("The file contains an integer of more than 64 bits, which is not supported.");
        long value = bytes.Length > 0 && (bytes[^1] & 0x80) != 0 ? -1 : 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
            value = (value << 8) | bytes[i];
        return value;
    }

    public string Text(long count)
    {
        try
        {
            return _strict.GetString(Take(count));
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException("A string in the file is not UTF-8: the file is damaged.", error);
        }
    }

    public string Line()
    {
        var end = _rest.IndexOf((byte)'\n');
        var line = Text(end < 0 ? _rest.Length : end);
        Take(1);
        return line;
    }
}
