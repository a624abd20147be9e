using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace TorchSharp.TensorBoard;

/// <summary>
/// One file of events: length, checksum, message, checksum, again and again. Events wait in memory until the time limit, a full buffer, a flush
/// or the end; whoever reads meanwhile finds whole records.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const uint MaskDelta = 0xA282EAD8;

    private static int _files;

    private readonly Lock _writing = new();
    private readonly MemoryStream _waiting = new();
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private bool _closed;

    public EventFile(string folder, string? suffix, TimeProvider time, TimeSpan flushAfter)
    {
        _time = time;
        Directory.CreateDirectory(folder);
        // TensorBoard reads a folder's files in the order of their names
        var seconds = time.GetUtcNow().ToUnixTimeSeconds().ToString("D10", CultureInfo.InvariantCulture);
        var file = Interlocked.Increment(ref _files);
        var name = $"events.out.tfevents.{seconds}.{Environment.MachineName}.{Environment.ProcessId}.{file}";
        var path = Path.Combine(folder, string.IsNullOrEmpty(suffix) ? name : $"{name}.{suffix}");
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0);
        Append(null, null, message => message.Text(EventField.FileVersion, "brain.Event:2"));
        Flush();
        _timer = time.CreateTimer(_ => FlushIfOpen(), null, flushAfter, flushAfter);
    }

    /// <summary>Seconds since 1970, with their fraction.</summary>
    private double Now => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    public void Append(long? step, double? walltime, Action<ProtobufWriter> content)
    {
        var message = new ProtobufWriter().Double(EventField.WallTime, walltime ?? Now);
        if (step is { } number)
            message.Integer(EventField.Step, number);
        content(message);
        Span<byte> header = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteInt64LittleEndian(header, message.Written.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(ulong)..], MaskedCrc(header[..sizeof(ulong)]));
        Span<byte> footer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, MaskedCrc(message.Written));
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Modules.SummaryWriter));
            _waiting.Write(header);
            _waiting.Write(message.Written);
            _waiting.Write(footer);
            if (_waiting.Length >= BufferBytes)
                WriteWaiting();
        }
    }

    public void Flush()
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Modules.SummaryWriter));
            WriteWaiting();
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
            using (_waiting)
            using (_file)
                WriteWaiting();
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
                WriteWaiting();
            }
            catch (IOException)
            {
                // the events wait on: whoever writes, flushes or closes next is told
            }
        }
    }

    private void WriteWaiting()
    {
        if (_waiting.Length == 0)
            return;
        _file.Write(_waiting.GetBuffer().AsSpan(0, (int)_waiting.Length));
        _waiting.SetLength(0);
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
