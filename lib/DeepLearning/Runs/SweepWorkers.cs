using System.Diagnostics;

namespace DeepLearning.Runs;

/// <summary>
/// Starts more processes of a program, which share the runs of a sweep with it. The program recognizes a worker by its arguments; a worker calls the
/// same <see cref="Sweep.Train{T}"/> and then ends.
/// </summary>
/// <remarks>
/// All processes that train the same runs in the same folder share the sweep without further configuration, including processes that are started by
/// <c>mpirun</c>, by a job array or manually, and notebooks.
/// </remarks>
/// <example>
/// <code>
/// var isWorker = args is ["worker"];
/// using var workers = isWorker ? null : SweepWorkers.Start(3, "worker");
/// var options = new SweepOptions { Folder = "runs" };
/// if (isWorker)
///     Sweep.Train(runs, Setup, options with { Report = _ => { } }, SweepWorkers.EndOfStarter());
/// else
///     Console.WriteLine(Sweep.Train(runs, Setup, options));
/// </code>
/// </example>
public sealed class SweepWorkers : IDisposable
{
    private readonly List<Process> _processes = [];

    private SweepWorkers()
    {
    }

    /// <summary>Gets the identifiers of the processes.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _processes.Select(process => process.Id)];

    /// <summary>Starts more processes of this program.</summary>
    /// <param name="count">The number of processes.</param>
    /// <param name="arguments">The arguments of the program, by which it recognizes that it is a worker.</param>
    /// <returns>The workers. Disposing of them ends workers that are still running; the next sweep continues their runs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">
    /// This process is not a program that can be started again, but a notebook host or a test runner.
    /// </exception>
    public static SweepWorkers Start(int count, params IReadOnlyList<string> arguments)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(arguments);
        var assembly = System.Reflection.Assembly.GetEntryAssembly()?.Location;
        var program = Environment.ProcessPath;
        // the first argument of "dotnet program.dll" is the program; "program" has no such argument
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        if (program is null || (isHost && string.IsNullOrEmpty(assembly)))
            throw new InvalidOperationException("This process cannot be started again: start the workers with SweepWorkers.Start(count, startInfo).");
        var info = new ProcessStartInfo(program, isHost ? [assembly!, .. arguments] : arguments);
        return Start(count, info);
    }

    /// <summary>Starts several processes of a program.</summary>
    /// <param name="count">The number of processes.</param>
    /// <param name="program">
    /// The program and its arguments. The standard input is redirected; the processes inherit the output of this process.
    /// </param>
    /// <returns>The workers. Disposing of them ends workers that are still running; the next sweep continues their runs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static SweepWorkers Start(int count, ProcessStartInfo program)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(program);
        // the end of its standard input tells a worker that this process has ended
        program.RedirectStandardInput = true;
        var workers = new SweepWorkers();
        try
        {
            for (var i = 0; i < count; i++)
                workers._processes.Add(Process.Start(program)!);
        }
        catch
        {
            workers.Dispose();
            throw;
        }
        return workers;
    }

    /// <summary>
    /// Returns a token that is canceled when the process that started this worker ends for any reason, so that a worker does not outlive its starter.
    /// </summary>
    /// <remarks>For workers from <see cref="Start(int, IReadOnlyList{string})"/>: the method reads the standard input to its end.</remarks>
    public static CancellationToken EndOfStarter()
    {
        var ended = new CancellationTokenSource();
        new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }
            ended.Cancel();
        })
        {
            IsBackground = true,
        }.Start();
        return ended.Token;
    }

    /// <summary>Waits until all workers have ended.</summary>
    public void WaitForExit() => _processes.ForEach(process => process.WaitForExit());

    /// <summary>Ends the workers that are still running.</summary>
    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
        _processes.Clear();
    }
}
