using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NotebookHost.Analysis;

namespace NotebookHost.Sessions;

/// <summary>The result of running code of a cell.</summary>
/// <param name="Error">The error; null if the code succeeded.</param>
/// <param name="Exception">The exception that the code threw; null for none.</param>
/// <param name="Diagnostics">The diagnostics of the compiler, including warnings.</param>
internal sealed record CodeOutcome(CellError? Error, Exception? Exception, ImmutableArray<Diagnostic> Diagnostics);

/// <summary>Compiles and runs the code of cells, each with the declarations of the previous code, so that it can be stopped at any point.</summary>
internal sealed class CellEngine : IDisposable
{
    /// <summary>The label of the code that runs before the first cell. Stack traces do not contain its frames.</summary>
    public const string PreludeLabel = "prelude";

    // functions for cells in addition to the framework's Kernel, and code with the language features that most cells use
    private const string Prelude = TextGuards.Declaration + """


        string input(string prompt = "") => GetInputAsync(prompt).GetAwaiter().GetResult();
        Microsoft.DotNet.Interactive.Formatting.DisplayedValue display(object value, params string[] mimeTypes) => Display(value, mimeTypes);
        static Microsoft.DotNet.Interactive.Formatting.DisplayedValue Display(this object value, params string[] mimeTypes)
        {
            try { return Microsoft.DotNet.Interactive.Kernel.display(value, mimeTypes); }
            catch (Exception error) when (error is not (System.Threading.ThreadInterruptedException or System.Threading.ThreadAbortException or OperationCanceledException))
            {
                var show = (Func<object, string[], Exception, Microsoft.DotNet.Interactive.Formatting.DisplayedValue>)AppContext.GetData("NotebookHost.FailedDisplay");
                return show(value, mimeTypes, error);
            }
        }
        // the framework's functions fail if a formatter fails
        static Microsoft.DotNet.Interactive.Formatting.DisplayedValue Display(
            this Microsoft.DotNet.Interactive.KernelInvocationContext context, object value, params string[] mimeTypes) => Display(value, mimeTypes);
        static Microsoft.DotNet.Interactive.Formatting.DisplayedValue Display(
            this Microsoft.DotNet.Interactive.KernelInvocationContext context, string value, params string[] mimeTypes) => Display((object)value, mimeTypes);
        Microsoft.DotNet.Interactive.PasswordString password(string prompt = "") => GetPasswordAsync(prompt).GetAwaiter().GetResult();
        foreach (var number in Enumerable.Range(0, 2).Select(number => number + 1).ToList()) Console.Write(number > 2 ? $"{number}" : "");
        await Task.CompletedTask;
        1
        """;

    private readonly CellThread _thread = new("cells");
    private readonly RuntimeErrors _runtimeErrors;
    private readonly TimeSpan _stopGrace;
    private readonly Action<string> _reportError;
    private readonly Action<IReadOnlyList<CellWarning>> _showWarnings;
    private readonly CellAnalysis _analysis;
    private int _running;

    /// <param name="folder">The working directory of cells.</param>
    /// <param name="imports">The namespaces and static types that every cell imports.</param>
    /// <param name="stopGrace">The time between the request to stop and the abort.</param>
    /// <param name="reportError">A function that receives text for the standard error stream: warnings, and exceptions that no code awaits.</param>
    /// <param name="showWarnings">A function that receives the warnings of analyzers about a cell, after its other outputs.</param>
    public CellEngine(
        string folder, IEnumerable<string> imports, TimeSpan stopGrace, Action<string> reportError, Action<IReadOnlyList<CellWarning>> showWarnings)
    {
        Submissions = new Submissions(folder, imports);
        _runtimeErrors = new RuntimeErrors(folder);
        _stopGrace = stopGrace;
        _reportError = reportError;
        _showWarnings = showWarnings;
        _analysis = new CellAnalysis(folder);
    }

    /// <summary>Gets the scripts that have run.</summary>
    public Submissions Submissions { get; }

    /// <summary>Declares the functions for cells before the first cell, so that the first cell does not wait for the compiler to load.</summary>
    public Task StartAsync() => _thread.RunAsync(async () =>
    {
        var submission = Submission.Load(Submissions.Compile(Prelude, PreludeLabel), Submissions.Context, out var diagnostics, CancellationToken.None)
            ?? throw new InvalidOperationException($"The session cannot start: {string.Join('\n', diagnostics)}");
        await Submissions.Run(submission).ConfigureAwait(false);
        Submissions.Keep(submission);
        return true;
    });

    /// <summary>Runs code to completion in the execution context of the caller, with its <see cref="AsyncLocal{T}"/> values.</summary>
    /// <param name="code">The C# code.</param>
    /// <param name="label">The name of the code in error messages.</param>
    /// <param name="isFile">Whether the code is the text of a C# file.</param>
    /// <param name="onValue">A function that receives the value of the trailing expression and that can be stopped. Its exception fails the code.</param>
    /// <param name="stop">A token that stops the code.</param>
    /// <exception cref="OperationCanceledException">The code was stopped.</exception>
    public async Task<CodeOutcome> RunAsync(string code, string label, bool isFile, Action<object?> onValue, CancellationToken stop)
    {
        var flow = ExecutionContext.Capture()!;
        // code that a running cell sends to its kernel cannot use the cell's thread, because the cell may block it
        var isNested = Interlocked.Increment(ref _running) > 1;
        try
        {
            return isNested
                ? await Task.Factory.StartNew(RunHere, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap().ConfigureAwait(false)
                : await _thread.RunAsync(RunHere).ConfigureAwait(false);
        }
        catch (MissingLibraryException missing)
        {
            var error = new CellError("CS0006", missing.Message, missing.Line, [$"{label}, line {missing.Line}: error CS0006: {missing.Message}"]);
            return new CodeOutcome(error, Exception: null, []);
        }
        catch (SourceLibraryException broken)
        {
            // the lines are those of the file, which the code may load
            return new CodeOutcome(CompileErrors.Describe(broken.Diagnostics, label, broken.Compilation), Exception: null, [.. broken.Diagnostics]);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }

        Task<CodeOutcome> RunHere() => RunHereAsync(code, label, isFile, onValue, flow, isNested, stop);
    }

    /// <summary>Describes an exception as the error of a cell.</summary>
    public CellError Describe(Exception exception, string label) => _runtimeErrors.Describe(exception, label);

    public void Dispose()
    {
        _thread.Dispose();
        Submissions.Dispose();
    }

    private async Task<CodeOutcome> RunHereAsync(
        string code, string label, bool isFile, Action<object?> onValue, ExecutionContext flow, bool isNested, CancellationToken stop)
    {
        code = Submissions.Prepare(code, label, isFile);
        var compilation = Submissions.Compile(code, label);
        var submission = Load(compilation, label, out var diagnostics, stop);
        if (submission is null)
            return new CodeOutcome(CompileErrors.Describe(diagnostics, label, compilation), Exception: null, diagnostics);
        Warn(diagnostics, label);
        var analysis = isNested || !CellLabel.IsCell(label) ? null : _analysis.Start(compilation, Submissions.Analyzers);
        Submissions.RunInitializers();

        var execution = new CellExecution(error => ReportUnawaited(error, label));
        using var registration = stop.Register(() => StopLater(execution));
        var (value, exception) = await RunToItsEndAsync(submission, execution, flow).ConfigureAwait(false);
        Submissions.Keep(submission);
        if (exception is null && (value is not null || TrailingExpression.HasValue(compilation)))
        {
            // formatters may depend on the thread and may not terminate
            exception = isNested
                ? TakeValue(execution, flow, value, onValue)
                : await _thread.RunAsync(() => Task.FromResult(TakeValue(execution, flow, value, onValue))).ConfigureAwait(false);
        }
        if (!execution.TryEnd())
        {
            await execution.Aborted.ConfigureAwait(false);
            throw new OperationCanceledException(stop);
        }
        if (analysis is not null)
            await ShowWarningsAsync(analysis, stop).ConfigureAwait(false);
        if (exception is null)
            return new CodeOutcome(Error: null, Exception: null, diagnostics);
        return stop.IsCancellationRequested && IsCancellation(exception)
            ? throw new OperationCanceledException(stop)
            : new CodeOutcome(_runtimeErrors.Describe(exception, label), exception, diagnostics);
    }

    /// <summary>Loads a script with recursion limits in its <c>ToString</c> methods; without them if it has no such methods or does not compile with them.</summary>
    private Submission? Load(CSharpCompilation compilation, string label, out ImmutableArray<Diagnostic> diagnostics, CancellationToken stop)
    {
        if (TextGuards.Add(compilation.SyntaxTrees[0]) is { } guarded)
        {
            var submission = Submission.Load(Submissions.Compile(guarded, label), Submissions.Context, out _, stop);
            if (submission is not null)
            {
                // positions refer to the original text
                diagnostics = compilation.GetDiagnostics(stop);
                return submission;
            }
        }
        return Submission.Load(compilation, Submissions.Context, out diagnostics, stop);
    }

    private static Exception? TakeValue(CellExecution execution, ExecutionContext flow, object? value, Action<object?> onValue)
    {
        Exception? failure = null;
        execution.Run(() => ExecutionContext.Run(flow, _ =>
        {
            try
            {
                onValue(value);
            }
#pragma warning disable CA1031 // a formatter is code of the notebook
            catch (Exception error)
#pragma warning restore CA1031
            {
                failure = error;
            }
        }, state: null));
        return failure;
    }

    /// <summary>Runs a submission until it completes, throws an exception or is aborted.</summary>
    private async Task<(object? Value, Exception? Exception)> RunToItsEndAsync(Submission submission, CellExecution execution, ExecutionContext flow)
    {
        Task<object?>? run = null;
        try
        {
            execution.Run(() => ExecutionContext.Run(flow, _ => run = Submissions.Run(submission), state: null));
            if (run is not null && await Task.WhenAny(run, execution.Aborted).ConfigureAwait(false) == run)
                return (await run.ConfigureAwait(false), null);
            return (null, new OperationCanceledException());
        }
#pragma warning disable CA1031 // any exception is the error of the cell
        catch (Exception error)
#pragma warning restore CA1031
        {
            return (null, error);
        }
    }

    // a separate thread, because the notebook may use all threads of the pool
    private void StopLater(CellExecution execution)
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
            _reportError(string.Join('\n', warnings) + "\n");
    }

    private async Task ShowWarningsAsync(PendingWarnings analysis, CancellationToken stop)
    {
        var (warnings, failures) = await _analysis.EndAsync(analysis, stop).ConfigureAwait(false);
        foreach (var failure in failures)
            _reportError(failure + "\n");
        if (warnings.Count > 0)
            _showWarnings(warnings);
    }

    private void ReportUnawaited(Exception exception, string label)
        => _reportError(string.Join('\n', _runtimeErrors.Describe(exception, label).Traceback.Prepend("In a method that is not awaited:")) + "\n");
}
