using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using Microsoft.DotNet.Interactive.Formatting;
using NotebookHost.Display;

namespace NotebookHost.Sessions;

/// <summary>
/// Runs C# cells one after the other; each sees what the cells before it declared. Cells are C# scripts as .NET Interactive takes
/// them. Console output and displays go to the sink that the running cell was given.
/// </summary>
public sealed class CSharpSession : IDisposable
{
    /// <summary>How cells are parsed.</summary>
    internal static CSharpParseOptions Dialect => _dialect;

    private static readonly CSharpParseOptions _dialect = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private const string WarmUp = """
        var numbers = Enumerable.Range(0, 2).Select(number => number + 1).ToList();
        foreach (var number in numbers) Console.Write(number > 2 ? $"{number}" : "");
        await Task.CompletedTask;
        numbers.Count
        """;

    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly CellThread _thread = new("cells");
    private readonly WorkingFolder _folder;
    private readonly RuntimeErrors _runtimeErrors;
    private readonly TimeProvider _time;
    private readonly CellReferences _references;
    private readonly ScriptOptions _options;
    private readonly Task<ScriptState<object>> _start;
    private ScriptState<object>? _state;
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
        _time = options.Time;
        _references = new CellReferences(folder, _dialect);
        _options = ScriptOptions.Default
            .WithReferences(_references.All)
            .WithImports(options.Imports)
            .WithMetadataResolver(_references.Resolver)
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder))
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithAllowUnsafe(true);
        foreach (var assembly in FrameworkReferences.Shared)
            _loader.RegisterDependency(assembly);
        CellRoute.Open();
        _start = _thread.RunAsync(StartAsync);
    }

    /// <summary>How many cells have run.</summary>
    public int ExecutionCount { get; private set; }

    /// <summary>Runs a cell. One at a time: the next may start when this one's task has ended.</summary>
    /// <param name="code">The cell's text.</param>
    /// <param name="sink">Takes what the cell puts out.</param>
    /// <param name="cancellation">Asks the cell to stop; only code that looks at the request does.</param>
    public async Task<CellOutcome> RunAsync(string code, ICellSink sink, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(sink);
        ObjectDisposedException.ThrowIf(_disposed, this);
        _state ??= await _start.ConfigureAwait(false);
        var count = ++ExecutionCount;
        var label = CellLabel.Of(count);
        var directives = CellDirectives.Parse(code, label, _dialect);
        if (directives.Error is { } refused)
            return new CellOutcome(CellStatus.Failed, count, refused);

        await _folder.EnterAsync(cancellation).ConfigureAwait(false);
        try
        {
            CellRoute.Current = sink;
            var started = _time.GetTimestamp();
            var error = await _thread.RunAsync(() => RunOnThreadAsync(directives.Code, label, sink, cancellation)).ConfigureAwait(false);
            if (directives.IsTimed)
            {
                var text = $"Wall time: {_time.GetElapsedTime(started).TotalMilliseconds:0.##}ms";
                sink.Display(Guid.NewGuid().ToString("N"), Bundler.Raw(text, MimeBundle.PlainTextType));
            }
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
        _state ??= _start.GetAwaiter().GetResult();
        var options = _options.WithReferences(_references.All).WithFilePath("draft");
        return _state.Script.ContinueWith<object>(code, options).GetCompilation();
    }

    /// <summary>Closes the session. A cell that still runs is left behind: its thread may go on, unheard.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _folder.Leave();
        _thread.Dispose();
        CellRoute.Close();
    }

    // The root of the chain of submissions, so that even the first cell continues from a state and keeps it when it throws
    private async Task<ScriptState<object>> StartAsync()
    {
        var root = await CSharpScript.Create<object>("", _options, globalsType: null, _loader).RunAsync().ConfigureAwait(false);
        // run and forgotten: it takes the compiler through what most cells use
        var warmUp = root.Script.ContinueWith<object>(WarmUp, _options);
        warmUp.Compile();
        await warmUp.RunFromAsync(root).ConfigureAwait(false);
        return root;
    }

    private async Task<CellError?> RunOnThreadAsync(string code, string label, ICellSink sink, CancellationToken cancellation)
    {
        _references.AddFrom(code);
        var options = _options.WithReferences(_references.All).WithFilePath(label);
        var script = _state!.Script.ContinueWith<object>(code, options);
        var diagnostics = script.Compile(cancellation);
        if (diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            return CompileErrors.Describe(diagnostics, label);
        Warn(diagnostics, label, sink);
        var state = await script.RunFromAsync(_state, _ => true, cancellation).ConfigureAwait(false);
        _state = state;
        if (state.Exception is OperationCanceledException && cancellation.IsCancellationRequested)
            cancellation.ThrowIfCancellationRequested();
        if (state.Exception is { } exception)
            return _runtimeErrors.Describe(exception, label);
        return ShowResult(script, state.ReturnValue, label, sink);
    }

    private static void Warn(ImmutableArray<Diagnostic> diagnostics, string label, ICellSink sink)
    {
        var warnings = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning)
            .SelectMany(warning => CompileErrors.Lines(warning, label))
            .ToList();
        if (warnings.Count > 0)
            sink.Stream(ConsoleChannel.Error, string.Join('\n', warnings) + "\n");
    }

    private CellError? ShowResult(Script script, object? value, string label, ICellSink sink)
    {
        try
        {
            if (value is null ? TrailingExpression.HasValue(script.GetCompilation()) : value is not DisplayedValue)
                sink.Result(Bundler.From(value));
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
