using System.Diagnostics;

namespace DeepLearning.Runs;

/// <summary>
/// Starts further processes of a program, which share the runs of a sweep with it. The program decides by its arguments what a worker does; a
/// worker calls the same <see cref="Sweep.Train{T}"/> and then ends like any program.
/// </summary>
/// <remarks>
/// Nothing else is needed to share a sweep: all processes that train the same runs in the same folder share them, also those that
/// <c>mpirun</c>, a job array or you yourself start, in notebooks too.
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

    /// <summary>Starts the program of this process again.</summary>
    /// <param name="count">The number of processes.</param>
    /// <param name="arguments">The arguments that the program gets, by which it knows that it is a worker.</param>
    /// <returns>The workers. Disposing ends those that are still running; the next sweep continues their runs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">This process is not a program of its own but a notebook's or a test runner's.</exception>
    public static SweepWorkers Start(int count, params IReadOnlyList<string> arguments)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(arguments);
        var assembly = System.Reflection.Assembly.GetEntryAssembly()?.Location;
        var program = Environment.ProcessPath;
        // "dotnet program.dll" has the program as its first argument, "program" does not
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        if (program is null || (isHost && string.IsNullOrEmpty(assembly)))
            throw new InvalidOperationException("This process has no program that can be started again: start the workers with SweepWorkers.Start(count, startInfo).");
        var info = new ProcessStartInfo(program, isHost ? [assembly!, .. arguments] : arguments);
        return Start(count, info);
    }

    /// <summary>Starts a program several times.</summary>
    /// <param name="count">The number of processes.</param>
    /// <param name="program">The program and its arguments. Its standard input is redirected; the output is that of this process.</param>
    /// <returns>The workers. Disposing ends those that are still running; the next sweep continues their runs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static SweepWorkers Start(int count, ProcessStartInfo program)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(program);
        // its end tells a worker that this process has ended
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
    /// Returns a token that is cancelled when the process that started this worker ends, in whatever way, so that a sweep does not outlive its
    /// starter.
    /// </summary>
    /// <remarks>For workers that <see cref="Start(int, IReadOnlyList{string})"/> started: it reads the standard input to its end.</remarks>
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
