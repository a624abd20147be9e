using System.Globalization;
using Microsoft.CodeAnalysis;
using NotebookHost.Analysis;
using NotebookHost.Display;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>
/// Runs C# cells one after the other; each cell can use the declarations of previous cells. Cells are C# scripts in the dialect of .NET Interactive.
/// Console output and displayed values are sent to the sink of the running cell.
/// </summary>
public sealed class CSharpSession : IDisposable
{
    private static readonly TimeSpan _betweenUpdates = TimeSpan.FromSeconds(1);

    private readonly CellEngine _engine;
    private readonly CellOutput _output;
    private readonly PackageRestore _restore;
    private readonly Stack<string> _importing = [];
    private readonly string _home;
    private readonly WorkingFolder _folder;
    private readonly TimeProvider _time;
    private readonly Task _start;
    // created by the start, which all other operations await
    private KernelTree _kernels = null!;
    private CellMagics _magics = null!;
    private PackageExtensions _extensions = null!;
    private PackageRequest _packages = PackageRequest.Nothing;
    private bool _disposed;

    /// <summary>Opens a session. The compiler is loaded in the background.</summary>
    /// <exception cref="DirectoryNotFoundException">The working directory does not exist.</exception>
    public CSharpSession(SessionOptions? options = null)
    {
        options ??= new SessionOptions();
        var folder = Path.GetFullPath(options.WorkingDirectory);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The working directory does not exist: {folder}");
        _home = folder;
        _folder = new WorkingFolder(folder);
        _output = new CellOutput();
        _engine = new CellEngine(
            folder,
            options.Imports,
            options.StopGrace,
            text => _output.Stream(ConsoleChannel.Error, text),
            warnings => _output.Display(Guid.NewGuid().ToString("N"), WarningView.Of(warnings)));
        _restore = new PackageRestore(folder, options.PackageCache);
        _time = options.Time;
        CellRoute.Open();
        _start = Task.WhenAll(_engine.StartAsync(), Task.Run(WarmUpAsync));
    }

    /// <summary>Gets the number of the last cell, which messages use as its name.</summary>
    public int ExecutionCount { get; internal set; }

    /// <summary>Completes when the compiler is loaded; cells can run earlier.</summary>
    public Task Ready => _start;

    /// <summary>Gets the session's kernels in the framework.</summary>
    internal KernelTree Kernels
    {
        get
        {
            _start.GetAwaiter().GetResult();
            return _kernels;
        }
    }

    /// <summary>Runs a cell. The next cell can start after the task has completed.</summary>
    /// <remarks>
    /// A cell is stopped in two steps. First, its token,
    /// <c>KernelInvocationContext.Current.CancellationToken</c>, is canceled. After <see cref="SessionOptions.StopGrace"/>, the cell is aborted: its code
    /// stops on the thread of the cell and after each await, and pending tasks are no longer awaited. The session
    /// continues, and variables keep their last values. Two things are not stopped: threads and tasks that the cell started,
    /// and native code, such as a long call into a library. While the cell runs native code, the task of this method does not
    /// complete; a host that cannot wait ends the process.
    /// </remarks>
    /// <param name="code">The text of the cell.</param>
    /// <param name="sink">The sink for the outputs of the cell.</param>
    /// <param name="cancellation">A token that stops the cell.</param>
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
            return new CellOutcome(CellStatus.Canceled, count);
        }

        var published = new PublishingSink(sink, _kernels.CSharp);
        try
        {
            _output.Direct(published);
            CellRoute.Current = _output;
            var error = await RunStepsAsync(code, label, isFile: false, cancellation).ConfigureAwait(false);
            return new CellOutcome(error is null ? CellStatus.Succeeded : CellStatus.Failed, count, error);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new CellOutcome(CellStatus.Canceled, count);
        }
        finally
        {
            published.Publish();
            _folder.Leave();
        }
    }

    /// <summary>Compiles a text as the next cell for analysis. Nothing is loaded or run.</summary>
    internal Compilation Draft(string code)
    {
        _start.GetAwaiter().GetResult();
        return _engine.Submissions.Compile(code, "draft");
    }

    /// <summary>Closes the session. A cell that still runs is abandoned: its thread may continue without outputs.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _folder.Leave();
        _kernels?.Dispose();
        _engine.Dispose();
        CellRoute.Close();
    }

    // in parallel with the compiler, which takes the same time
    private async Task WarmUpAsync()
    {
        _kernels = new KernelTree(_engine, (prompt, isPassword, stop) => CellInput.AskAsync(_output, prompt, isPassword, stop));
        _magics = new CellMagics(_kernels, _output);
        _extensions = new PackageExtensions(_kernels, _engine.Submissions.Context, text => _output.Stream(ConsoleChannel.Error, text));
        await _kernels.WarmUpAsync().ConfigureAwait(false);
        _kernels.Root.KernelEvents.Subscribe(new KernelOutputs(_output));
    }

    /// <summary>Executes the steps of a cell: packages first, because all of the code may need them.</summary>
    private async Task<CellError?> RunStepsAsync(string source, string label, bool isFile, CancellationToken cancellation)
    {
        var steps = CellSteps.Parse(source, Submissions.Dialect, _kernels.IsKernel);
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
            _output.Display(Guid.NewGuid().ToString("N"), MimeBundle.Raw(text, MimeBundle.PlainTextType));
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
                    await _magics.RunAsync(text, cancellation).ConfigureAwait(false);
                    return null;
                case MagicStep { Name: "import" } import:
                    return await ImportAsync(import.Arguments.Trim('"'), cancellation).ConfigureAwait(false) is { } failure ? failure with { Line = import.Line } : null;
                case MagicStep magic when magic.Name != MagicNames.Time:
                    await _magics.RunAsync(magic, cancellation).ConfigureAwait(false);
                    return null;
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
                var display = Guid.NewGuid().ToString("N");
                var restored = await RestoreAsync(request, new RestoreProgress(wanted, _time), display, cancellation).ConfigureAwait(false);
                _engine.Submissions.AddPackages(restored);
                foreach (var warning in restored.Warnings)
                    _output.Stream(ConsoleChannel.Error, $"warning: {warning}\n");
                _output.Update(display, MimeBundle.Raw(
                    "Installed " + string.Join(", ", wanted.Select(name => $"{name} {restored.Versions[name]}")), MimeBundle.PlainTextType));
                // before a script of an extension, which may also reference packages
                _packages = request;
                await _extensions.LoadAsync(restored, (code, name) => RunStepsAsync(code, name, isFile: false, cancellation), cancellation).ConfigureAwait(false);
            }
            else
            {
                _packages = request;
            }
            return null;
        }
        catch (PackageException error)
        {
            // the longest name, because one name can be the beginning of another
            var cause = steps.Where(step => error.Message.Split('\n')[0].Contains(step.Name, StringComparison.OrdinalIgnoreCase)).MaxBy(step => step.Name.Length);
            return Refuse(cause ?? steps[0], label, error.Message);
        }
    }

    private async Task<RestoredPackages> RestoreAsync(PackageRequest request, RestoreProgress progress, string display, CancellationToken cancellation)
    {
        _output.Display(display, MimeBundle.Raw(progress.Title, MimeBundle.PlainTextType));
        var restored = _restore.RestoreAsync(request, progress.Add, cancellation);
        while (await Task.WhenAny(restored, Task.Delay(_betweenUpdates, CancellationToken.None)).ConfigureAwait(false) != restored)
            _output.Update(display, MimeBundle.Raw($"{progress}", MimeBundle.PlainTextType));
        return await restored.ConfigureAwait(false);
    }

    private async Task<CellError?> ImportAsync(string path, CancellationToken cancellation)
    {
        // paths in an imported file are relative to the folder of the file
        var folder = _importing.TryPeek(out var importing) ? Path.GetDirectoryName(importing)! : Directory.GetCurrentDirectory();
        var full = Path.GetFullPath(Path.Combine(folder, path));
        if (!File.Exists(full))
            throw new MagicException($"The file {path} to import does not exist; paths are relative to {folder}");
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
                    return Imported(await RunStepsAsync(text, label, isFile: true, cancellation).ConfigureAwait(false), label);
                case ".ipynb" or ".dib":
                    var number = 0;
                    foreach (var cell in NotebookDocument.Read(full).CodeCells)
                    {
                        var cellLabel = $"{label} cell {++number}";
                        if (await RunStepsAsync(cell.Source, cellLabel, isFile: false, cancellation).ConfigureAwait(false) is { } error)
                            return Imported(error, cellLabel);
                    }
                    return null;
                default:
                    throw new MagicException($"{path} cannot be imported; supported are .ipynb, .dib, .cs and .csx");
            }
        }
        finally
        {
            _importing.Pop();
        }
    }

    private static CellError? Imported(CellError? error, string label)
        => error is null ? null : error with { ImportedPlace = error.ImportedPlace ?? (error.Line is { } line ? $"{label}, line {line}" : label) };

    private static CellError Refuse(CellStep step, string label, string message)
    {
        var lines = message.Split('\n');
        return new CellError(step is PackageStep ? "Packages" : "Magic", message, step.Line, [$"{label}, line {step.Line}: error: {lines[0]}", .. lines[1..]]);
    }

    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    private async Task<CellError?> RunCodeAsync(string code, string label, bool isFile, CancellationToken cancellation)
    {
        var command = new RunCell(code, label, isFile, cancellation);
        await FrameworkInternals.MarkAsSplitAsync(command, _kernels.Root).ConfigureAwait(false);
        try
        {
            await _kernels.Root.SendAsync(command, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // an action for the end of the cell is code of the notebook
        catch (Exception error)
#pragma warning restore CA1031
        {
            command.Error ??= _engine.Describe(error, label);
        }
        return command.IsStopped ? throw new OperationCanceledException(cancellation) : command.Error;
    }
}
