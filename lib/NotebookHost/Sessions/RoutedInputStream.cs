using System.Text;

namespace NotebookHost.Sessions;

/// <summary>The standard input of cells as a stream: the bytes of the lines of a reader.</summary>
/// <param name="reader">The reader of the lines.</param>
internal sealed class RoutedInputStream(TextReader reader) : Stream
{
    private byte[] _line = [];
    private int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (_read == _line.Length)
        {
            if (reader.ReadLine() is not { } line)
                return 0;
            (_line, _read) = (Encoding.UTF8.GetBytes(line + "\n"), 0);
        }
        var count = Math.Min(buffer.Length, _line.Length - _read);
        _line.AsSpan(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    public override void Flush()
    {
        // nothing is written
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
