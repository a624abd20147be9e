using System.Buffers.Binary;
using System.Numerics;

namespace DeepLearning.TensorBoard;

/// <summary>
/// Reads the records of an event file: length, checksum, message, checksum. Each call of <see cref="ReadNew"/> continues after the previous call.
/// </summary>
internal sealed class EventFileReader(string path)
{
    private const int HeaderBytes = sizeof(ulong) + sizeof(uint);
    private const uint MaskDelta = 0xA282EAD8;

    private long _position;

    /// <summary>Gets the path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>
    /// Gets a value that indicates whether the file ends within a record, because a process is writing it or was killed during a write.
    /// </summary>
    public bool IsCutShort { get; private set; }

    /// <summary>Gets a description of the damage of the file; null if it is not damaged. After damage, no more records are read.</summary>
    public string? Damage { get; private set; }

    /// <summary>Reads the complete messages since the last call.</summary>
    public List<byte[]> ReadNew()
    {
        List<byte[]> messages = [];
        if (Damage is not null)
            return messages;
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        if (file.Length < _position)
        {
            Damage = $"it was {_position} bytes long, but now has {file.Length}";
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

    /// <summary>Stops reading, because a message with a correct checksum is not an event.</summary>
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
