using System.Buffers.Binary;
using System.Numerics;

namespace DeepLearning.TensorBoard;

/// <summary>
/// Reads the records of one event file: length, checksum, message, checksum. Each call of <see cref="ReadNew"/> goes on where the last one ended.
/// </summary>
internal sealed class EventFileReader(string path)
{
    private const int HeaderBytes = sizeof(ulong) + sizeof(uint);
    private const uint MaskDelta = 0xA282EAD8;

    private long _position;

    /// <summary>Gets the file's path.</summary>
    public string Path { get; } = path;

    /// <summary>Gets whether the file ends within a record: a process is writing it, or was killed while writing.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>Gets what is wrong with the file; null if nothing is. No further records are read.</summary>
    public string? Damage { get; private set; }

    /// <summary>Reads the complete messages that were not read before.</summary>
    public List<byte[]> ReadNew()
    {
        List<byte[]> messages = [];
        if (Damage is not null)
            return messages;
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        if (file.Length < _position)
        {
            Damage = $"it was {_position} bytes long and is {file.Length} now";
            return messages;
        }
        file.Position = _position;
        while (Damage is null && ReadRecord(file) is { } message)
        {
            messages.Add(message);
            _position = file.Position;
        }
        IsCutShort = Damage is null && file.Length > _position;
        return messages;
    }

    /// <summary>Stops reading because a message with the right checksum is not an event.</summary>
    public void GiveUp(string damage) => Damage = damage;

    private byte[]? ReadRecord(FileStream file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            return null;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (MaskedCrc(header[..sizeof(ulong)]) != BinaryPrimitives.ReadUInt32LittleEndian(header[sizeof(ulong)..]))
            return Damaged("length");
        if (length + sizeof(uint) > (ulong)(file.Length - file.Position))
            return null;
        var message = new byte[length];
        file.ReadExactly(message);
        Span<byte> footer = stackalloc byte[sizeof(uint)];
        file.ReadExactly(footer);
        return MaskedCrc(message) == BinaryPrimitives.ReadUInt32LittleEndian(footer) ? message : Damaged("content");
    }

    private byte[]? Damaged(string part)
    {
        Damage = $"the {part} of the record at byte {_position} does not have its checksum";
        return null;
    }

    private static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + MaskDelta;
    }
}
