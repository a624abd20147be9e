using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;
using NotebookHost.Notebooks;

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
    private readonly CellOutput _output;
    private readonly CellThread _thread = new("cells");
    private readonly CellMagics _magics;
    private readonly PackageRestore _restore;
    private readonly Stack<string> _importing = [];
    private readonly string _home;
    private readonly WorkingFolder _folder;
    private readonly RuntimeErrors _runtimeErrors;
    private readonly TimeProvider _time;
    private readonly TimeSpan _stopGrace;
    private readonly Task _start;
    private PackageRequest _packages = PackageRequest.Nothing;
    private bool _disposed;

    /// <summary>Opens a session. The compiler warms up in the background meanwhile.</summary>
    /// <exception cref="DirectoryNotFoundException">The working directory does not exist.</exception>
    public CSharpSession(SessionOptions? options = null)
    {
        options ??= new SessionOptions();
        var folder = Path.GetFullPath(options.WorkingDirectory);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The session's folder does not exist: {folder}");
        _home = folder;
        _folder = new WorkingFolder(folder);
        _runtimeErrors = new RuntimeErrors(folder);
        _submissions = new Submissions(folder, options.Imports);
        _output = new CellOutput();
        _magics = new CellMagics(_submissions, _output);
        _restore = new PackageRestore(folder, options.PackageCache);
        _time = options.Time;
        _stopGrace = options.StopGrace;
        CellRoute.Open();
        _start = _thread.RunAsync(WarmUpAsync);
    }

    /// <summary>Gets the number of the cell that ran last, by which messages name it.</summary>
    public int ExecutionCount { get; internal set; }

    /// <summary>Ends when the compiler has warmed up; cells may be run before.</summary>
    public Task Ready => _start;

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
            var error = await RunStepsAsync(code, label, isFile: false, cancellation).ConfigureAwait(false);
            return new CellOutcome(error is null ? CellStatus.Succeeded : CellStatus.Failed, count, error);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new CellOutcome(CellStatus.Cancelled, count);
        }
        finally
        {
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
        _submissions.Dispose();
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

    /// <summary>Does a cell's steps in turn: packages first, for all of the code may need them.</summary>
    private async Task<CellError?> RunStepsAsync(string source, string label, bool isFile, CancellationToken cancellation)
    {
        var steps = CellSteps.Parse(source, Submissions.Dialect);
        var started = _time.GetTimestamp();
        var error = await AddPackagesAsync([.. steps.OfType<PackageStep>()], label, cancellation).ConfigureAwait(false);
        foreach (var step in steps)
        {
            if (error is not null)
                return error;
            error = await RunStepAsync(step, label, isFile, cancellation).ConfigureAwait(false);
        }
        if (error is null && steps.Any(step => step is MagicStep { Name: MagicNames.Time }))
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Wall time: {_time.GetElapsedTime(started).TotalMilliseconds:0.##}ms");
            _output.Display(Guid.NewGuid().ToString("N"), Bundler.Raw(text, MimeBundle.PlainTextType));
        }
        return error;
    }

    private async Task<CellError?> RunStepAsync(CellStep step, string label, bool isFile, CancellationToken cancellation)
    {
        try
        {
            switch (step)
            {
                case CodeStep { Code: var code }:
                    return await RunCodeAsync(code, label, isFile, cancellation).ConfigureAwait(false);
                case TextStep text:
                    _magics.Show(text);
                    return null;
                case MagicStep { Name: "import" } import:
                    return await ImportAsync(import.Arguments.Trim('"'), cancellation).ConfigureAwait(false);
                case MagicStep magic when magic.Name != MagicNames.Time:
                    return await _magics.DoAsync(magic).ConfigureAwait(false) is { } declaration
                        ? await RunCodeAsync(new string('\n', step.Line - 1) + declaration, label, isFile: false, cancellation).ConfigureAwait(false)
                        : null;
                default:
                    return null;
            }
        }
        catch (Exception error) when (error is MagicException or InvalidOperationException or NotebookFormatException)
        {
            return Refuse(step, label, error.Message);
        }
    }

    private async Task<CellError?> AddPackagesAsync(IReadOnlyList<PackageStep> steps, string label, CancellationToken cancellation)
    {
        if (steps.Count == 0)
            return null;
        try
        {
            var request = _packages;
            foreach (var step in steps)
                request = step.Kind == 'i' ? request.WithSource(step.Name) : request.WithPackage(step.Name, step.Version);
            var wanted = steps.Where(step => step.Kind == 'r').Select(step => step.Name).ToList();
            if (wanted.Count > 0)
            {
                var shown = DisplayChannel.Show($"Restoring {string.Join(", ", wanted)} …", [MimeBundle.PlainTextType]);
                var restored = await _restore.RestoreAsync(request, cancellation).ConfigureAwait(false);
                _submissions.AddPackages(restored);
                foreach (var warning in restored.Warnings)
                    _output.Stream(ConsoleChannel.Error, $"warning: {warning}\n");
                shown.Update("Installed " + string.Join(", ", wanted.Select(name => $"{name} {restored.Versions[name]}")));
            }
            _packages = request;
            return null;
        }
        catch (PackageException error)
        {
            return Refuse(steps[0], label, error.Message);
        }
    }

    private async Task<CellError?> ImportAsync(string path, CancellationToken cancellation)
    {
        // an imported file names others from where it lies itself
        var folder = _importing.TryPeek(out var importing) ? Path.GetDirectoryName(importing)! : Directory.GetCurrentDirectory();
        var full = Path.GetFullPath(Path.Combine(folder, path));
        if (!File.Exists(full))
            throw new MagicException($"There is no file {path} to import; paths start at {folder}");
        if (_importing.Contains(full))
            throw new MagicException($"{path} imports itself");
        _importing.Push(full);
        try
        {
            var label = Path.GetRelativePath(_home, full);
            switch (Path.GetExtension(full).ToLowerInvariant())
            {
                case ".cs" or ".csx":
                    var text = await File.ReadAllTextAsync(full, cancellation).ConfigureAwait(false);
                    return await RunStepsAsync(text, label, isFile: true, cancellation).ConfigureAwait(false);
                case ".ipynb" or ".dib":
                    var number = 0;
                    foreach (var cell in NotebookDocument.Read(full).CodeCells)
                    {
                        if (await RunStepsAsync(cell.Source, $"{label} cell {++number}", isFile: false, cancellation).ConfigureAwait(false) is { } error)
                            return error;
                    }
                    return null;
                default:
                    throw new MagicException($"{path} cannot be imported; .ipynb, .dib, .cs and .csx can");
            }
        }
        finally
        {
            _importing.Pop();
        }
    }

    private static CellError Refuse(CellStep step, string label, string message)
    {
        var lines = message.Split('\n');
        return new CellError(step is PackageStep ? "Packages" : "Magic", message, step.Line, [$"{label}, line {step.Line}: error: {lines[0]}", .. lines[1..]]);
    }

    private async Task<CellError?> RunCodeAsync(string code, string label, bool isFile, CancellationToken cancellation)
    {
        try
        {
            return await _thread.RunAsync(() => RunOnThreadAsync(code, label, isFile, cancellation)).ConfigureAwait(false);
        }
        catch (MissingLibraryException missing)
        {
            return new CellError("CS0006", missing.Message, missing.Line, [$"{label}, line {missing.Line}: error CS0006: {missing.Message}"]);
        }
        catch (SourceLibraryException broken)
        {
            return CompileErrors.Describe(broken.Diagnostics, broken.Label, broken.Compilation);
        }
    }

    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    private async Task<CellError?> RunOnThreadAsync(string code, string label, bool isFile, CancellationToken cancellation)
    {
        code = _submissions.Prepare(code, label, isFile);
        var compilation = _submissions.Compile(code, label);
        var submission = Submission.Load(compilation, _submissions.Context, out var diagnostics, cancellation);
        if (submission is null)
            return CompileErrors.Describe(diagnostics, label, compilation);
        Warn(diagnostics, label);
        _submissions.RunInitializers();

        var context = new KernelInvocationContext(cancellation);
        var execution = new CellExecution(error => ReportUnawaited(error, label));
        using var stop = cancellation.Register(() => Stop(execution));
        var (value, exception) = await RunToItsEndAsync(submission, execution, context).ConfigureAwait(false);
        _submissions.Keep(submission);
        CellError? error = null;
        // formatters too may depend on the thread, and may never end
        await _thread.RunAsync(() =>
        {
            execution.Run(() => error = Finish(compilation, value, exception, context, label));
            return Task.FromResult(true);
        }).ConfigureAwait(false);
        if (!execution.TryEnd())
        {
            await execution.Aborted.ConfigureAwait(false);
            throw new OperationCanceledException(cancellation);
        }
        return exception is not null && cancellation.IsCancellationRequested && IsCancellation(exception)
            ? throw new OperationCanceledException(cancellation)
            : error;
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
        var warnings = diagnostics.Where(CompileErrors.IsWarning)
            .SelectMany(warning => CompileErrors.Lines(warning, label))
            .ToList();
        if (warnings.Count > 0)
            _output.Stream(ConsoleChannel.Error, string.Join('\n', warnings) + "\n");
    }

    private void ReportUnawaited(Exception exception, string label)
        => _output.Stream(
            ConsoleChannel.Error, string.Join('\n', _runtimeErrors.Describe(exception, label).Traceback.Prepend("In a method that nothing awaits:")) + "\n");

    /// <summary>Shows what the code came to, and does what it wanted done at its end.</summary>
    private CellError? Finish(Compilation compilation, object? value, Exception? exception, KernelInvocationContext context, string label)
    {
        try
        {
            if (exception is null && (value is null ? TrailingExpression.HasValue(compilation) : value is not DisplayedValue))
                _output.Result(Bundler.From(value));
            context.Complete();
        }
#pragma warning disable CA1031 // a formatter is the notebook's code
        catch (Exception error)
#pragma warning restore CA1031
        {
            exception ??= error;
        }
        return exception is null ? null : _runtimeErrors.Describe(exception, label);
    }
}
