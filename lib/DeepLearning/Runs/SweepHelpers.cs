using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace DeepLearning.Runs;

/// <summary>
/// Copies of this program that train runs of one sweep too. Each goes through the program until it comes to that sweep, helps, and leaves.
/// </summary>
internal sealed class SweepHelpers : IDisposable
{
    private const string Variable = "SWEEP_HELPER";

    private readonly List<Process> _processes = [];

    /// <summary>Whether this process is itself one.</summary>
    public bool IsHelper { get; private init; }

    public static SweepHelpers Start(IReadOnlyList<PlannedRun> plan, SweepOptions options, MethodInfo setup)
    {
        var sweep = Hash(plan, options);
        if (Environment.GetEnvironmentVariable(Variable) is { } helped)
        {
            if (helped == sweep)
                EndWithStarter();
            return new SweepHelpers { IsHelper = helped == sweep };
        }
        var helpers = new SweepHelpers();
        if (options.Processes == 1)
            return helpers;
        if (setup.Module.Assembly.Location.Length == 0)
        {
            throw new InvalidOperationException(
                "A notebook or script cannot start copies of itself: leave SweepOptions.Processes at 1 and start it several times, by hand or "
                + "with 'mpirun -np N ./nb run NOTEBOOK'. The processes share the runs of the sweep.");
        }
        for (var i = 1; i < options.Processes; i++)
            helpers._processes.Add(Start(sweep));
        return helpers;
    }

    /// <summary>Ends this process where it was started for the sweep that is done now.</summary>
    public void LeaveIfHelper()
    {
        if (IsHelper)
            Environment.Exit(0);
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            // what it has not finished goes on in the next sweep
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static Process Start(string sweep)
    {
        var arguments = Environment.GetCommandLineArgs();
        var program = Environment.ProcessPath!;
        // "dotnet program.dll" has the program as its first argument, "program" does not
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program, isHost ? arguments : arguments[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [Variable] = sweep },
        };
        var process = Process.Start(start)!;
        // said by the starter already
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>The standard input ends when the starter does, however that was.</summary>
    private static void EndWithStarter() => new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }
        // an orderly exit would wait for nothing in libtorch and pull its memory away from under it
        using var self = Process.GetCurrentProcess();
        self.Kill();
    })
    {
        IsBackground = true,
    }.Start();

    private static string Hash(IReadOnlyList<PlannedRun> plan, SweepOptions options)
    {
        var content = string.Join('\n', plan.Select(run => run.Name).Prepend(Path.GetFullPath(options.Folder)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..16];
    }
}
