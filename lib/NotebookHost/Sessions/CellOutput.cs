using System.Text;
using NotebookHost.Display;

namespace NotebookHost.Sessions;

/// <summary>
/// Gathers what cells write, so that a sink gets a few pieces of text a second however many lines a loop prints. The order of text and
/// displays is kept; of several updates of one display in a row, which no one could see, the last one is handed on.
/// </summary>
/// <remarks>A cell that is being aborted is let finish what it does here: no lock stays taken, no text is torn.</remarks>
internal sealed class CellOutput : ICellSink, IDisposable
{
    private const int MostCharacters = 1 << 20;
    private const int MostSwitches = 8;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(80);

    private readonly Lock _gate = new();
    private readonly List<Piece> _pieces = [];
    private readonly AutoResetEvent _filled = new(initialState: false);
    private ICellSink? _sink;
    private int _characters;
    private volatile bool _closed;

    public CellOutput()
    {
        // not a timer: the notebook's own work may occupy the thread pool
        new Thread(HandOn) { IsBackground = true, Name = "cell output" }.Start();
    }

    /// <summary>From now on output goes to this sink.</summary>
    public void Direct(ICellSink sink)
    {
        lock (_gate)
        {
            FlushHeld();
            _sink = sink;
        }
    }

    /// <summary>Hands on what is held back.</summary>
    public void Flush() => Whole(FlushHeld);

    public void Stream(ConsoleChannel stream, string text) => Whole(() =>
    {
        var piece = LastOf(stream);
        if (piece is null)
            _pieces.Add(piece = new Piece(new StringBuilder(), stream, DisplayId: null));
        piece.Text!.Append(text);
        _characters += text.Length;
        if (_characters >= MostCharacters)
            FlushHeld();
        else
            _filled.Set();
    });

    public void Display(string displayId, MimeBundle bundle) => Whole(() =>
    {
        FlushHeld();
        _sink?.Display(displayId, bundle);
    });

    public void Update(string displayId, MimeBundle bundle) => Whole(() =>
    {
        var piece = _pieces.Find(piece => piece.DisplayId == displayId);
        if (piece is null)
            _pieces.Add(piece = new Piece(Text: null, default, displayId));
        piece.Bundle = bundle;
        _filled.Set();
    });

    public void Result(MimeBundle bundle) => Whole(() =>
    {
        FlushHeld();
        _sink?.Result(bundle);
    });

    public Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation)
    {
        Flush();
        return _sink?.ReadInputAsync(prompt, isPassword, cancellation) ?? Task.FromResult<string?>(null);
    }

    public void Dispose()
    {
        Flush();
        _closed = true;
        _filled.Set();
    }

    private void HandOn()
    {
        while (true)
        {
            _filled.WaitOne();
            if (_closed)
                break;
            Thread.Sleep(_pause);
            try
            {
                Flush();
            }
#pragma warning disable CA1031 // a sink that fails does so at the cell's end too, where someone hears of it
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
        _filled.Dispose();
    }

    /// <summary>
    /// The piece that text of a channel is added to: the last one. Where the two channels alternate all the time, their order is given
    /// up within the batch, for else every word would be a message.
    /// </summary>
    private Piece? LastOf(ConsoleChannel stream)
    {
        var text = _pieces.FindAll(piece => piece.Text is not null);
        if (text.Count > 0 && text[^1].Channel == stream)
            return text[^1];
        return text.Count >= MostSwitches ? text.FindLast(piece => piece.Channel == stream) : null;
    }

    private void FlushHeld()
    {
        var pieces = _pieces.ToArray();
        _pieces.Clear();
        _characters = 0;
        foreach (var piece in pieces)
        {
            if (piece.Text is not null)
                _sink?.Stream(piece.Channel, piece.Text.ToString());
            else
                _sink?.Update(piece.DisplayId!, piece.Bundle!);
        }
    }

    private void Whole(Action action)
        => CellExecution.Shield(() =>
        {
            lock (_gate)
                action();
        });

    private sealed record Piece(StringBuilder? Text, ConsoleChannel Channel, string? DisplayId)
    {
        public MimeBundle? Bundle { get; set; }
    }
}
