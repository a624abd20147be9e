using System.Text;

namespace NotebookHost.Running.Processes;

/// <summary>
/// Reads a process's output or error as text, in which a mark says that all that was written before it has been read.
/// </summary>
internal sealed class MarkedStream : IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly Stream _stream;
    private readonly byte[] _mark;
    private readonly Action<string> _hand;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly SemaphoreSlim _marks = new(0);

    public MarkedStream(Stream stream, string mark, Action<string> hand)
    {
        _stream = stream;
        _mark = Encoding.UTF8.GetBytes(mark);
        _hand = hand;
        Ended = ReadAsync();
    }

    /// <summary>Ends with the stream.</summary>
    public Task Ended { get; }

    /// <summary>Waits for the next mark; there is one a cell.</summary>
    public Task NextMarkAsync(CancellationToken cancellation) => _marks.WaitAsync(cancellation);

    /// <inheritdoc/>
    public void Dispose() => _marks.Dispose();

    private async Task ReadAsync()
    {
        var buffer = new byte[ChunkBytes];
        var filled = 0;
        while (await _stream.ReadAsync(buffer.AsMemory(filled)).ConfigureAwait(false) is > 0 and var read)
        {
            var kept = Take(buffer.AsSpan(0, filled + read));
            buffer.AsSpan(filled + read - kept, kept).CopyTo(buffer);
            filled = kept;
        }
        Hand(buffer.AsSpan(0, filled));
    }

    /// <summary>Hands on what is text and returns how many of the last bytes may be the beginning of a mark.</summary>
    private int Take(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf(_mark); at >= 0; at = bytes.IndexOf(_mark))
        {
            Hand(bytes[..at]);
            _marks.Release();
            bytes = bytes[(at + _mark.Length)..];
        }
        var kept = Math.Min(bytes.Length, _mark.Length - 1);
        while (kept > 0 && !bytes[^kept..].SequenceEqual(_mark.AsSpan(0, kept)))
            kept--;
        Hand(bytes[..^kept]);
        return kept;
    }

    private void Hand(ReadOnlySpan<byte> bytes)
    {
        var text = new char[_decoder.GetCharCount(bytes, flush: false)];
        var length = _decoder.GetChars(bytes, text, flush: false);
        if (length > 0)
            _hand(new string(text, 0, length));
    }
}
