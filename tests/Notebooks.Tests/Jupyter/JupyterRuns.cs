using System.Diagnostics;
using System.Text.Json;
using NotebookHost.Running;
using Notebooks.Tests.Running;

namespace Notebooks.Tests.Jupyter;

/// <summary>
/// Runs the chapters that a class of tests is asked for with their quick settings in a Jupyter kernel, one on each core, without downloading anything.
/// nbclient, the program behind <c>jupyter execute</c>, is the client. Each case waits only for its own chapter. <see cref="QuickRunTests"/> also runs the
/// solutions of the exercises.
/// </summary>
/// <param name="tests">The class of tests.</param>
public abstract class JupyterRuns(Type tests) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jupyter-").FullName;
    private readonly Dictionary<string, TaskCompletionSource<string?>> _errors = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _enough = new();
    private Task? _runs;

    /// <summary>The name of the kernel.</summary>
    protected abstract string Kernel { get; }

    /// <summary>The variables of the environment that are changed for the kernels; null removes a variable.</summary>
    /// <param name="folder">An empty folder that only these runs use.</param>
    protected virtual IEnumerable<(string Name, string? Value)> Environment(string folder) => [];

    /// <summary>Installs the kernel specification.</summary>
    /// <param name="prefix">The kernel specifications are in its folder share/jupyter/kernels.</param>
    protected abstract Task InstallAsync(string prefix);

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Waits until a chapter has run.</summary>
    /// <returns>What failed; null when the chapter ran to its end.</returns>
    public async Task<string?> ErrorOf(string chapter)
    {
        _runs ??= RunAsync(AskedFor.Of(tests));
        var error = _errors[chapter].Task;
        await Task.WhenAny(error, _runs);
        if (!error.IsCompleted)
            await _runs;
        return await error;
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _enough.SetResult();
        await (_runs ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts a program and waits for its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    protected static async Task RunToEndAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = CourseTable.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {output}{await errors}");
    }

    private async Task RunAsync(IReadOnlyList<string> chapters)
    {
        foreach (var chapter in chapters)
            _errors.Add(chapter, new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously));
        await InstallAsync(_folder);
        using var process = Start(chapters.Select(QuickCopy));
        var answers = FollowAsync(process);
        await Task.WhenAny(answers, _enough.Task);
        // the kernels of the chapters that nobody waits for any more
        process.Kill(entireProcessTree: true);
        await answers;
    }

    // the settings of a quick run stand in a cell of their own behind the one tagged "parameters", as our runner and papermill do it
    private string QuickCopy(string chapter)
    {
        var job = NotebookJob.Load(Path.Combine(CourseTable.Folder, chapter));
        job.Set(job.SmokeSettings);
        var copy = Path.Combine(_folder, chapter);
        job.Document.Write(copy);
        return copy;
    }

    private Process Start(IEnumerable<string> notebooks)
    {
        var jobs = System.Environment.ProcessorCount;
        var script = Path.Combine(CourseTable.Root, "tests", "Notebooks.Tests", "Jupyter", "execute.py");
        var start = new ProcessStartInfo(TheoryWithNbclientAttribute.Python, [script, Kernel, CourseTable.Folder, $"{jobs}", .. notebooks])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["JUPYTER_PATH"] = Path.Combine(_folder, "share", "jupyter"),
                ["JUPYTER_RUNTIME_DIR"] = Path.Combine(_folder, "runtime"),
                ["OMP_NUM_THREADS"] = "1",
                ["DATASETS_OFFLINE"] = "1",
            },
        };
        foreach (var (name, value) in Environment(Directory.CreateDirectory(Path.Combine(_folder, "home")).FullName))
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private async Task FollowAsync(Process process)
    {
        var messages = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            using var ended = JsonDocument.Parse(line);
            var chapter = Path.GetFileName(ended.RootElement.GetProperty("path").GetString()!);
            _errors[chapter].SetResult(ended.RootElement.GetProperty("error").GetString());
        }
        await process.WaitForExitAsync();
        if (_errors.Values.Any(error => !error.Task.IsCompleted))
            throw new InvalidOperationException($"nbclient ended before the chapters did: {await messages}");
    }
}
