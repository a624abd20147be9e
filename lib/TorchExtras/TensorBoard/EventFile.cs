using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace TorchSharp.TensorBoard;

/// <summary>
/// An event file. A record consists of a length, the checksum of the length, the message, and the checksum of the message (masked CRC-32C,
/// little-endian). Events are buffered in memory and written after the time limit, when the buffer is full, or by <see cref="Flush"/> and
/// <see cref="Dispose"/>. Every write ends with a complete record, so a reader sees a partial event only if the process is killed within the write.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const uint MaskDelta = 0xA282EAD8;
    private const string FileVersion = "brain.Event:2";

    private static int _files;

    private readonly Lock _writing = new();
    private readonly MemoryStream _buffer = new();
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _closed;

    public EventFile(string folder, string? suffix, TimeProvider time, TimeSpan flushAfter)
    {
        _time = time;
        // TensorBoard reads the files of a folder in the order of their names
        var seconds = time.GetUtcNow().ToUnixTimeSeconds().ToString("D10", CultureInfo.InvariantCulture);
        var file = Interlocked.Increment(ref _files);
        var name = $"events.out.tfevents.{seconds}.{Environment.MachineName}.{Environment.ProcessId}.{file}";
        var path = Path.Combine(Path.GetFullPath(folder), string.IsNullOrEmpty(suffix) ? name : $"{name}.{suffix}");
        _file = Created(path);
        Append(new Event { FileVersion = FileVersion });
        Flush();
        _timer = time.CreateTimer(_ => FlushIfOpen(), null, flushAfter, flushAfter);
    }

    /// <summary>Appends a summary with its step and wall time.</summary>
    /// <param name="summary">The values.</param>
    /// <param name="step">The training step; 0 if null.</param>
    /// <param name="walltime">Seconds since 1970; the current time if null.</param>
    public void Append(Summary summary, long? step = null, double? walltime = null) =>
        Append(new Event { Summary = summary, Step = step ?? 0 }, walltime);

    /// <summary>Sets the wall time of an event and appends it.</summary>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public void Append(Event message, double? walltime = null)
    {
        message.WallTime = walltime ?? (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        var content = message.ToByteArray();
        Span<byte> header = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteInt64LittleEndian(header, content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(ulong)..], MaskedCrc(header[..sizeof(ulong)]));
        Span<byte> footer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, MaskedCrc(content));
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SummaryWriter));
            _buffer.Write(header);
            _buffer.Write(content);
            _buffer.Write(footer);
            if (_buffer.Length >= BufferBytes)
                WriteBuffer();
        }
    }

    /// <summary>Writes all buffered events.</summary>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public void Flush()
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SummaryWriter));
            WriteBuffer();
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            if (_closed)
                return;
            _closed = true;
            _timer.Dispose();
            using (_buffer)
            using (_file)
                WriteBuffer();
        }
    }

    private static FileStream Created(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: {error.Message}", error);
        }
    }

    private void FlushIfOpen()
    {
        lock (_writing)
        {
            if (_closed)
                return;
            try
            {
                WriteBuffer();
            }
            catch (IOException)
            {
                // the events stay in the buffer; the next write, flush or close throws
            }
        }
    }

    private void WriteBuffer()
    {
        if (_buffer.Length == 0)
            return;
        _file.Write(_buffer.GetBuffer().AsSpan(0, (int)_buffer.Length));
        _buffer.SetLength(0);
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
