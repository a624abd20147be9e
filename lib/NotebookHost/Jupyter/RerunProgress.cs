using System.Globalization;
using NotebookHost.Display;
using NotebookHost.Sessions;

namespace NotebookHost.Jupyter;

/// <summary>Shows the progress of <c>#!rerun</c>.</summary>
internal sealed class RerunProgress(ICellSink output, int count)
{
    private readonly string _displayId = Guid.NewGuid().ToString("N");
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private int _current;
    private bool _isShown;

    /// <summary>Gets a sink that ignores outputs and forwards input requests.</summary>
    public ICellSink Silenced { get; } = new QuestionsOnly(output);

    /// <summary>Reports the start of a cell.</summary>
    public void Next(PastCell cell) => Show($"Rerunning cell [{cell.Number}], {++_current} of {count} …");

    /// <summary>Reports the end.</summary>
    public void Finish()
        => Show(count == 0
            ? "There is nothing to rerun: the session has not been lost."
            : string.Create(CultureInfo.InvariantCulture,
                $"Reran {count} {(count == 1 ? "cell" : "cells")} in {TimeProvider.System.GetElapsedTime(_started).TotalSeconds:0.0} s."));

    private void Show(string text)
    {
        var bundle = new MimeBundle([KeyValuePair.Create(MimeBundle.PlainTextType, text)]);
        if (!_isShown)
            output.Display(_displayId, bundle);
        else
            output.Update(_displayId, bundle);
        _isShown = true;
    }

    private sealed class QuestionsOnly(ICellSink output) : ICellSink
    {
        public void Stream(ConsoleChannel stream, string text)
        {
        }

        public void Display(string displayId, MimeBundle bundle)
        {
        }

        public void Update(string displayId, MimeBundle bundle)
        {
        }

        public void Result(MimeBundle bundle)
        {
        }

        public Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation)
            => output.ReadInputAsync(prompt, isPassword, cancellation);
    }
}
