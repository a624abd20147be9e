using System.Text;

namespace NotebookHost.Processes;

/// <summary>Reads a process's standard output or error: the text and the marks that the process wrote.</summary>
internal sealed class MarkedStream
{
    private const int ChunkBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _mark;
    private readonly Action<string> _onText;
    private readonly Action _onMark;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Starts reading.</summary>
    /// <param name="stream">The stream to read.</param>
    /// <param name="mark">The text of a mark.</param>
    /// <param name="onText">A function that receives the text between marks.</param>
    /// <param name="onMark">A function that is called for each mark.</param>
    public MarkedStream(Stream stream, string mark, Action<string> onText, Action onMark)
    {
        _stream = stream;
        _mark = Encoding.UTF8.GetBytes(mark);
        _onText = onText;
        _onMark = onMark;
        Ended = ReadAsync();
    }

    /// <summary>Gets a task that ends with the stream.</summary>
    public Task Ended { get; }

    private async Task ReadAsync()
    {
        await Task.Yield();
        var buffer = new byte[ChunkBytes];
        var filled = 0;
        while (await ReadSomeAsync(buffer.AsMemory(filled)).ConfigureAwait(false) is > 0 and var read)
        {
            var kept = Take(buffer.AsSpan(0, filled + read));
            buffer.AsSpan(filled + read - kept, kept).CopyTo(buffer);
            filled = kept;
        }
        Text(buffer.AsSpan(0, filled));
    }

    // disposal of a stream during a read ends the stream
    private async ValueTask<int> ReadSomeAsync(Memory<byte> buffer)
    {
        try
        {
            return await _stream.ReadAsync(buffer).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0;
        }
    }

    /// <summary>Reports text and marks, and returns the number of last bytes that may be the beginning of a mark.</summary>
    private int Take(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf(_mark); at >= 0; at = bytes.IndexOf(_mark))
        {
            Text(bytes[..at]);
            _onMark();
            bytes = bytes[(at + _mark.Length)..];
        }
        var kept = Math.Min(bytes.Length, _mark.Length - 1);
        while (kept > 0 && !bytes[^kept..].SequenceEqual(_mark.AsSpan(0, kept)))
            kept--;
        Text(bytes[..^kept]);
        return kept;
    }

    private void Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        var text = new char[_decoder.GetCharCount(bytes, flush: false)];
        var length = _decoder.GetChars(bytes, text, flush: false);
        if (length > 0)
            _onText(new string(text, 0, length));
    }
}
