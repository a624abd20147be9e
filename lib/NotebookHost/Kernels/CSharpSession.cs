using Microsoft.CodeAnalysis;
using NotebookHost.Display;
using NotebookHost.Notebooks;
using NotebookHost.Sessions;

namespace NotebookHost.Kernels;

/// <summary>
/// Runs C# cells one after the other; each sees what the cells before it declared. Cells are C# scripts as .NET Interactive takes
/// them. Console output and displays go to the sink that the running cell was given.
/// </summary>
public sealed class CSharpSession : IDisposable
{
    private readonly CellEngine _engine;
    private readonly KernelTree _kernels;
    private readonly CellOutput _output;
    private readonly CellMagics _magics;
    private readonly PackageExtensions _extensions;
    private readonly PackageRestore _restore;
    private readonly HashSet<string> _importing = new(StringComparer.Ordinal);
    private readonly WorkingFolder _folder;
    private readonly TimeProvider _time;
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
        _folder = new WorkingFolder(folder);
        _output = new CellOutput(options.GathersOutput);
        _engine = new CellEngine(folder, options.Imports, options.StopGrace, text => _output.Stream(ConsoleChannel.Error, text));
        _kernels = new KernelTree(_engine, AskAsync);
        _magics = new CellMagics(_kernels, _output);
        _extensions = new PackageExtensions(_kernels, _engine.Submissions.Context, text => _output.Stream(ConsoleChannel.Error, text));
        _restore = new PackageRestore(folder, options.PackageCache);
        _time = options.Time;
        CellRoute.Open();
        _start = Task.WhenAll(_engine.StartAsync(), Task.Run(WarmUpAsync));
    }

    /// <summary>How many cells have run.</summary>
    public int ExecutionCount { get; private set; }

    /// <summary>Ends when the compiler has warmed up; cells may be run before.</summary>
    public Task Ready => _start;

    /// <summary>Gets the session's kernels in the framework.</summary>
    internal KernelTree Kernels => _kernels;

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
            _output.Direct(new PublishingSink(sink, _kernels.CSharp));
            CellRoute.Current = _output;
            var error = await RunStepsAsync(code, label, cancellation).ConfigureAwait(false);
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
        return _engine.Submissions.Compile(code, "draft");
    }

    /// <summary>Closes the session. A cell that still runs is left behind: its thread may go on, unheard.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _folder.Leave();
        _kernels.Dispose();
        _output.Dispose();
        _engine.Dispose();
        CellRoute.Close();
    }

    private async Task WarmUpAsync()
    {
        await _kernels.WarmUpAsync().ConfigureAwait(false);
        _kernels.Root.KernelEvents.Subscribe(new KernelOutputs(_output));
    }

    /// <summary>Asks whoever runs the notebook for a line of text.</summary>
    /// <exception cref="InvalidOperationException">The notebook runs where nobody can answer.</exception>
    private async Task<string> AskAsync(string prompt, bool isPassword, CancellationToken cancellation)
        => await _output.ReadInputAsync(prompt, isPassword, cancellation).ConfigureAwait(false) ?? throw InputRefusal.For(prompt);

    /// <summary>Does a cell's steps in turn: packages first, for all of the code may need them.</summary>
    private async Task<CellError?> RunStepsAsync(string source, string label, CancellationToken cancellation)
    {
        var steps = CellSteps.Parse(source, Submissions.Dialect, _kernels.IsKernel);
        var started = _time.GetTimestamp();
        var error = await AddPackagesAsync([.. steps.OfType<PackageStep>()], label, cancellation).ConfigureAwait(false);
        foreach (var step in steps)
        {
            if (error is not null)
                return error;
            error = await RunStepAsync(step, label, cancellation).ConfigureAwait(false);
        }
        if (error is null && steps.Any(step => step is MagicStep { Name: MagicNames.Time }))
        {
            var text = $"Wall time: {_time.GetElapsedTime(started).TotalMilliseconds:0.##}ms";
            _output.Display(Guid.NewGuid().ToString("N"), MimeBundle.Raw(text, MimeBundle.PlainTextType));
        }
        return error;
    }

    private async Task<CellError?> RunStepAsync(CellStep step, string label, CancellationToken cancellation)
    {
        try
        {
            switch (step)
            {
                case CodeStep { Code: var code }:
                    return await RunCodeAsync(code, label, cancellation).ConfigureAwait(false);
                case TextStep text:
                    await _magics.RunAsync(text, cancellation).ConfigureAwait(false);
                    return null;
                case MagicStep { Name: "import" } import:
                    return await ImportAsync(import.Arguments.Trim('"'), cancellation).ConfigureAwait(false);
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
                _output.Display(display, MimeBundle.Raw($"Restoring {string.Join(", ", wanted)} …", MimeBundle.PlainTextType));
                var restored = await _restore.RestoreAsync(request, cancellation).ConfigureAwait(false);
                _engine.Submissions.AddPackages(restored);
                _output.Update(display, MimeBundle.Raw(
                    "Installed " + string.Join(", ", wanted.Select(name => $"{name} {restored.Versions[name]}")), MimeBundle.PlainTextType));
                // before a script of an extension, which may ask for packages too
                _packages = request;
                await _extensions.LoadAsync(restored, (code, name) => RunStepsAsync(code, name, cancellation), cancellation).ConfigureAwait(false);
            }
            else
            {
                _packages = request;
            }
            return null;
        }
        catch (PackageException error)
        {
            return Refuse(steps[0], label, error.Message);
        }
    }

    private async Task<CellError?> ImportAsync(string path, CancellationToken cancellation)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
            throw new MagicException($"There is no file {path} to import; paths start at {Directory.GetCurrentDirectory()}");
        if (!_importing.Add(full))
            throw new MagicException($"{path} imports itself");
        try
        {
            switch (Path.GetExtension(full).ToLowerInvariant())
            {
                case ".cs" or ".csx":
                    var text = await File.ReadAllTextAsync(full, cancellation).ConfigureAwait(false);
                    return await RunStepsAsync(text, path, cancellation).ConfigureAwait(false);
                case ".ipynb" or ".dib":
                    var number = 0;
                    foreach (var cell in NotebookDocument.Read(full).CodeCells)
                    {
                        if (await RunStepsAsync(cell.Source, $"{path} cell {++number}", cancellation).ConfigureAwait(false) is { } error)
                            return error;
                    }
                    return null;
                default:
                    throw new MagicException($"{path} cannot be imported; .ipynb, .dib, .cs and .csx can");
            }
        }
        finally
        {
            _importing.Remove(full);
        }
    }

    private static CellError Refuse(CellStep step, string label, string message)
    {
        var lines = message.Split('\n');
        return new CellError(step is PackageStep ? "Packages" : "Magic", message, step.Line, [$"{label}, line {step.Line}: error: {lines[0]}", .. lines[1..]]);
    }

    /// <exception cref="OperationCanceledException">The cell was stopped.</exception>
    private async Task<CellError?> RunCodeAsync(string code, string label, CancellationToken cancellation)
    {
        var command = new RunCell(code, label, cancellation);
        await FrameworkInternals.MarkAsSplitAsync(command, _kernels.Root).ConfigureAwait(false);
        try
        {
            await _kernels.Root.SendAsync(command, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // what the cell wanted done at its end is the notebook's code
        catch (Exception error)
#pragma warning restore CA1031
        {
            command.Error ??= _engine.Describe(error, label);
        }
        return command.IsStopped ? throw new OperationCanceledException(cancellation) : command.Error;
    }
}
