using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;

namespace NotebookHost.Sessions;

/// <summary>
/// Runs C# cells one after the other; each sees what the cells before it declared. Cells are C# scripts as .NET Interactive takes
/// them. Console output and displays go to the sink that the running cell was given.
/// </summary>
public sealed class CSharpSession : IDisposable
{
    private const string WarmUp = """
        var numbers = Enumerable.Range(0, 2).Select(number => number + 1).ToList();
        foreach (var number in numbers) Console.Write(number > 2 ? $"{number}" : "");
        await Task.CompletedTask;
        numbers.Count
        """;

    private readonly Submissions _submissions;
    private readonly CellOutput _output = new();
    private readonly CellThread _thread = new("cells");
    private readonly WorkingFolder _folder;
    private readonly RuntimeErrors _runtimeErrors;
    private readonly TimeProvider _time;
    private readonly TimeSpan _stopGrace;
    private readonly Task _start;
    private bool _disposed;

    /// <summary>Opens a session. The compiler warms up in the background meanwhile.</summary>
    /// <exception cref="DirectoryNotFoundException">The working directory does not exist.</exception>
    public CSharpSession(SessionOptions? options = null)
    {
        options ??= new SessionOptions();
        var folder = Path.GetFullPath(options.WorkingDirectory);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The session's folder does not exist: {folder}");
        _folder = new WorkingFolder(folder);
        _runtimeErrors = new RuntimeErrors(folder);
        _submissions = new Submissions(folder, options.Imports);
        _time = options.Time;
        _stopGrace = options.StopGrace;
        CellRoute.Open();
        _start = _thread.RunAsync(WarmUpAsync);
    }

    /// <summary>How many cells have run.</summary>
    public int ExecutionCount { get; private set; }

    /// <summary>Runs a cell. One at a time: the next may start when this one's task has ended.</summary>
    /// <remarks>
    /// A cell is stopped in two steps. First it is asked to, by the token that its code finds as
    /// <c>KernelInvocationContext.Current.CancellationToken</c>. After <see cref="SessionOptions.StopGrace"/> it is aborted: its code is
    /// left where it is, on the cell's thread and after each await, and what it still awaits is no longer waited for. The session goes
    /// on; variables keep what they were last assigned. Two things go on running: threads and tasks of its own that the cell started,
    /// and native code, such as a long call into a library. While the cell itself is in native code the task of this method does not
    /// end; a host that cannot wait ends the process.
    /// </remarks>
    /// <param name="code">The cell's text.</param>
    /// <param name="sink">Takes what the cell puts out.</param>
    /// <param name="cancellation">Stops the cell.</param>
    public async Task<CellOutcome> RunAsync(string code, ICellSink sink, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(sink);
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _start.ConfigureAwait(false);
        var count = ++ExecutionCount;
        var label = CellLabel.Of(count);
        var directives = CellDirectives.Parse(code, label, Submissions.Dialect);
        if (directives.Error is { } refused)
            return new CellOutcome(CellStatus.Failed, count, refused);
        try
        {
            await _folder.EnterAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new CellOutcome(CellStatus.Cancelled, count);
        }

        try
        {
            _output.Direct(sink);
            CellRoute.Current = _output;
            var started = _time.GetTimestamp();
            var error = await _thread.RunAsync(() => RunOnThreadAsync(directives.Code, label, cancellation)).ConfigureAwait(false);
            if (directives.IsTimed)
            {
                var text = $"Wall time: {_time.GetElapsedTime(started).TotalMilliseconds:0.##}ms";
                _output.Display(Guid.NewGuid().ToString("N"), Bundler.Raw(text, MimeBundle.PlainTextType));
            }
            return new CellOutcome(error is null ? CellStatus.Succeeded : CellStatus.Failed, count, error);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new CellOutcome(CellStatus.Cancelled, count);
        }
        finally
        {
            _output.Flush();
            _folder.Leave();
        }
    }

    /// <summary>Compiles a text as the next cell, for those who want to know what it means; nothing of it is loaded or run.</summary>
    internal Compilation Draft(string code)
    {
        _start.GetAwaiter().GetResult();
        return _submissions.Compile(code, "draft");
    }

    /// <summary>Closes the session. A cell that still runs is left behind: its thread may go on, unheard.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _folder.Leave();
        _thread.Dispose();
        _output.Dispose();
        CellRoute.Close();
    }

    // Run and forgotten: it takes the compiler through what most cells use
    private async Task<bool> WarmUpAsync()
    {
        var compilation = _submissions.Compile(WarmUp, "warm-up");
        var submission = Submission.Load(compilation, _submissions.Context, out _, CancellationToken.None);
        await submission!.Run(new object?[2]).ConfigureAwait(false);
        return true;
    }

    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    private async Task<CellError?> RunOnThreadAsync(string code, string label, CancellationToken cancellation)
    {
        _submissions.AddReferences(code);
        var compilation = _submissions.Compile(code, label);
        var submission = Submission.Load(compilation, _submissions.Context, out var diagnostics, cancellation);
        if (submission is null)
            return CompileErrors.Describe(diagnostics, label);
        Warn(diagnostics, label);

        var context = new KernelInvocationContext(cancellation);
        var execution = new CellExecution(error => ReportUnawaited(error, label));
        using var stop = cancellation.Register(() => Stop(execution));
        var (value, exception) = await RunToItsEndAsync(submission, execution, context).ConfigureAwait(false);
        _submissions.Keep(submission);
        CellError? error = null;
        if (exception is null)
        {
            // formatters too may depend on the thread, and may never end
            await _thread.RunAsync(() =>
            {
                execution.Run(() => error = ShowResult(compilation, value, label));
                return Task.FromResult(true);
            }).ConfigureAwait(false);
        }
        if (!execution.TryEnd())
        {
            await execution.Aborted.ConfigureAwait(false);
            throw new OperationCanceledException(cancellation);
        }
        if (exception is null)
            return error;
        return cancellation.IsCancellationRequested && IsCancellation(exception)
            ? throw new OperationCanceledException(cancellation)
            : _runtimeErrors.Describe(exception, label);
    }

    /// <summary>Runs a submission until it ends, throws, or is aborted.</summary>
    private async Task<(object? Value, Exception? Exception)> RunToItsEndAsync(
        Submission submission, CellExecution execution, KernelInvocationContext context)
    {
        Task<object?>? run = null;
        try
        {
            execution.Run(() =>
            {
                KernelInvocationContext.Current = context;
                run = _submissions.Run(submission);
            });
            if (run is not null && await Task.WhenAny(run, execution.Aborted).ConfigureAwait(false) == run)
                return (await run.ConfigureAwait(false), null);
            return (null, new OperationCanceledException());
        }
#pragma warning disable CA1031 // whatever the cell throws is its error
        catch (Exception error)
#pragma warning restore CA1031
        {
            return (null, error);
        }
    }

    // a thread of its own, for the notebook's work may occupy the pool
    private void Stop(CellExecution execution)
        => new Thread(() =>
        {
            Thread.Sleep(_stopGrace);
            execution.Abort();
        })
        { IsBackground = true, Name = "stop a cell" }.Start();

    private static bool IsCancellation(Exception exception)
        => exception is OperationCanceledException
            || (exception is AggregateException several && several.Flatten().InnerExceptions.All(inner => inner is OperationCanceledException));

    private void Warn(ImmutableArray<Diagnostic> diagnostics, string label)
    {
        var warnings = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning)
            .SelectMany(warning => CompileErrors.Lines(warning, label))
            .ToList();
        if (warnings.Count > 0)
            _output.Stream(ConsoleChannel.Error, string.Join('\n', warnings) + "\n");
    }

    private void ReportUnawaited(Exception exception, string label)
        => _output.Stream(
            ConsoleChannel.Error, string.Join('\n', _runtimeErrors.Describe(exception, label).Traceback.Prepend("In a method that nothing awaits:")) + "\n");

    private CellError? ShowResult(Compilation compilation, object? value, string label)
    {
        try
        {
            if (value is null ? TrailingExpression.HasValue(compilation) : value is not DisplayedValue)
                _output.Result(Bundler.From(value));
            return null;
        }
#pragma warning disable CA1031 // a formatter is the notebook's code
        catch (Exception error)
#pragma warning restore CA1031
        {
            return _runtimeErrors.Describe(error, label);
        }
    }
}
