using System.Buffers.Binary;
using System.Text;

namespace TorchSharp.Extras.Tests.TensorBoard;

/// <summary>A reader of event files that shares nothing with the writer: framing, bitwise CRC-32C, protobuf fields.</summary>
internal static class TensorBoardFile
{
    public static List<Message> Read(string folder)
    {
        var events = new List<Message>();
        foreach (var path in Directory.GetFiles(folder, "events.out.tfevents.*").Order())
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            for (var at = 0; at < bytes.Length;)
            {
                var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
                Assert.Equal(Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
                var message = bytes.AsSpan(at + 12, length);
                Assert.Equal(Masked(message), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
                events.Add(new Message(message.ToArray()));
                at += 16 + length;
            }
        }
        return events;
    }

    /// <summary>The events' summary values, with step and wall time.</summary>
    public static List<(Message Value, long Step, double WallTime)> Values(string folder) =>
    [
        .. from message in Read(folder)
           from summary in message.Messages(5)
           from value in summary.Messages(1)
           select (value, message.Integer(2), message.Double(1)),
    ];

    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}

/// <summary>A protobuf message, by field numbers. Absent numbers are 0.</summary>
internal sealed class Message
{
    private readonly List<(int Field, byte[] Bytes)> _fields = [];

    public Message(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var key = Varint(bytes, ref at);
            var length = (key & 7) switch { 0 => 0, 1 => 8, 2 => (int)Varint(bytes, ref at), 5 => 4, _ => throw new InvalidDataException() };
            if ((key & 7) == 0)
            {
                _fields.Add(((int)(key >> 3), BitConverter.GetBytes(Varint(bytes, ref at))));
                continue;
            }
            _fields.Add(((int)(key >> 3), bytes[at..(at + length)]));
            at += length;
        }
    }

    public bool Has(int field) => _fields.Exists(entry => entry.Field == field);

    public byte[] Bytes(int field) => _fields.Find(entry => entry.Field == field).Bytes ?? [];

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public long Integer(int field) => Has(field) ? BitConverter.ToInt64(Bytes(field)) : 0;

    public double Double(int field) => !Has(field) ? 0 : BitConverter.ToDouble(Bytes(field));

    public float Float(int field) => !Has(field) ? 0 : BitConverter.ToSingle(Bytes(field));

    public double[] Doubles(int field) => [.. Bytes(field).Chunk(8).Select(chunk => BitConverter.ToDouble(chunk))];

    public IEnumerable<Message> Messages(int field) => _fields.Where(entry => entry.Field == field).Select(entry => new Message(entry.Bytes));

    public IEnumerable<string> Texts(int field) => _fields.Where(entry => entry.Field == field).Select(entry => Encoding.UTF8.GetString(entry.Bytes));

    public Message Only(int field) => Messages(field).Single();

    private static ulong Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }
}
