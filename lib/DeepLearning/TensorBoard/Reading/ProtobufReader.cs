using System.Buffers.Binary;
using System.Text;

namespace DeepLearning.TensorBoard;

/// <summary>Goes through the fields of a protobuf message, one after the other.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int EightBytes = 1;
    private const int Counted = 2;
    private const int FourBytes = 5;

    private ReadOnlySpan<byte> _rest = message;
    private ulong _number;
    private int _kind;

    /// <summary>The current field's number.</summary>
    public int Field { get; private set; }

    /// <summary>The bytes of a text, a message or a packed list.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    public readonly long Integer => (long)_number;

    /// <summary>A double, a float or a whole number.</summary>
    public readonly double Number => _kind switch
    {
        EightBytes => BitConverter.UInt64BitsToDouble(_number),
        FourBytes => BitConverter.UInt32BitsToSingle((uint)_number),
        _ => _number,
    };

    /// <summary>Goes on to the next field; false at the end.</summary>
    /// <exception cref="InvalidDataException">The bytes are no message.</exception>
    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var key = ReadVarint();
        (Field, _kind) = ((int)(key >> 3), (int)(key & 7));
        Bytes = default;
        switch (_kind)
        {
            case Varint:
                _number = ReadVarint();
                break;
            case EightBytes:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case FourBytes:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            case Counted:
                Bytes = Take(ReadVarint());
                break;
            default:
                throw new InvalidDataException($"Field {Field} is of the unknown kind {_kind}.");
        }
        return true;
    }

    /// <summary>A repeated field of doubles, packed or one at a time.</summary>
    public readonly void AddDoublesTo(List<double> values) => AddTo(values, EightBytes, sizeof(double), BinaryPrimitives.ReadDoubleLittleEndian);

    /// <summary>A repeated field of floats, packed or one at a time.</summary>
    public readonly void AddFloatsTo(List<double> values) =>
        AddTo(values, FourBytes, sizeof(float), bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes));

    private readonly void AddTo(List<double> values, int kind, int size, Func<ReadOnlySpan<byte>, double> read)
    {
        if (_kind == kind)
            values.Add(Number);
        for (var bytes = Bytes; bytes.Length >= size; bytes = bytes[size..])
            values.Add(read(bytes));
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
            throw new InvalidDataException($"Field {Field} says that it has {count} bytes; there are {_rest.Length}.");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw new InvalidDataException("A number has more than 64 bits.");
    }
}
