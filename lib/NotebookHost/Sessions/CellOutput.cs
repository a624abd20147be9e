using NotebookHost.Display;

namespace NotebookHost.Sessions;

/// <summary>Passes outputs to the sink of the running cell immediately, one call at a time, so that a crash does not lose outputs.</summary>
/// <remarks>A cell that is being aborted completes its calls, so that no lock remains held and no text is truncated.</remarks>
internal sealed class CellOutput : ICellSink
{
    private readonly Lock _gate = new();
    private ICellSink? _sink;

    /// <summary>Sets the sink.</summary>
    public void Direct(ICellSink sink)
    {
        lock (_gate)
            _sink = sink;
    }

    /// <inheritdoc/>
    public void Stream(ConsoleChannel stream, string text) => Pass(sink => sink.Stream(stream, text));

    /// <inheritdoc/>
    public void Display(string displayId, MimeBundle bundle) => Pass(sink => sink.Display(displayId, bundle));

    /// <inheritdoc/>
    public void Update(string displayId, MimeBundle bundle) => Pass(sink => sink.Update(displayId, bundle));

    /// <inheritdoc/>
    public void Result(MimeBundle bundle) => Pass(sink => sink.Result(bundle));

    /// <inheritdoc/>
    public Task<string?> ReadInputAsync(string prompt, bool isPassword, CancellationToken cancellation)
        => _sink?.ReadInputAsync(prompt, isPassword, cancellation) ?? Task.FromResult<string?>(null);

    private void Pass(Action<ICellSink> action)
        => CellExecution.RunUninterrupted(() =>
        {
            lock (_gate)
            {
                if (_sink is { } sink)
                    action(sink);
            }
        });
}
