using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace Tests.Mpi;

/// <summary>Runs a program in several processes of mpirun. All test projects with MPI include this file.</summary>
internal static class MpiJob
{
    /// <summary>The environment variable with the launcher: mpirun by default, mpirun.mpich for MPICH if both are installed.</summary>
    private const string Variable = "TORCH_TESTS_MPIRUN";

    // mpirun rejects root and more processes than cores without these variables; with a dumb terminal, .NET writes no escape sequences
    private static readonly Dictionary<string, string> _environment = new()
    {
        ["OMPI_ALLOW_RUN_AS_ROOT"] = "1",
        ["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1",
        ["OMPI_MCA_rmaps_base_oversubscribe"] = "1",
        ["OMP_NUM_THREADS"] = "1",
        ["TERM"] = "dumb",
    };

    /// <summary>Gets the reason why this machine cannot run jobs; null if it can.</summary>
    public static string? Missing { get; } = torch.distributed.is_available() && CanStart()
        ? null
        : "MPI is not installed (on Debian: apt-get install openmpi-bin libopenmpi3).";

    private static string Launcher => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : "mpirun";

    /// <summary>Runs a program and waits for the end of all processes.</summary>
    /// <param name="processes">How many.</param>
    /// <param name="program">The program and its arguments.</param>
    public static async Task<MpiJobResult> RunAsync(int processes, ProcessStartInfo program)
    {
        var command = new ProcessStartInfo(Launcher, ["-np", $"{processes}", program.FileName, .. program.ArgumentList])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
            command.Environment[name] = value;
        var folder = Directory.CreateTempSubdirectory("mpi-job-").FullName;
        try
        {
            command.Environment[RankOutput.Variable] = folder;
            using var process = Process.Start(command)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            string[][] lines = [.. Enumerable.Range(0, processes).Select(rank => Path.Combine(folder, $"{rank}"))
                .Select(file => File.Exists(file) ? File.ReadAllLines(file) : [])];
            return new MpiJobResult(process.ExitCode, lines, await output + await errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool CanStart()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Launcher, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>The result of a job.</summary>
/// <param name="ExitCode">The launcher's exit code.</param>
/// <param name="Said">The lines of each rank.</param>
/// <param name="Errors">What all processes and the launcher printed.</param>
internal sealed record MpiJobResult(int ExitCode, string[][] Said, string Errors)
{
    /// <summary>Returns the lines of a process.</summary>
    public string[] Lines(int rank) => Said[rank];

    /// <summary>Returns the numbers of the single line of a process that starts with a name.</summary>
    public double[] Numbers(int rank, string name) =>
        [.. Lines(rank).Single(line => line.StartsWith(name + " = ", StringComparison.Ordinal))[(name.Length + 3)..].Split(' ')
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>Checks that all processes succeeded.</summary>
    public MpiJobResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Errors}");
        return this;
    }
}

/// <summary>A test that needs MPI; it is skipped if MPI is not installed.</summary>
public sealed class FactWithMpiAttribute : FactAttribute
{
    public FactWithMpiAttribute() => Skip = MpiJob.Missing;
}

/// <inheritdoc cref="FactWithMpiAttribute"/>
public sealed class TheoryWithMpiAttribute : TheoryAttribute
{
    public TheoryWithMpiAttribute() => Skip = MpiJob.Missing;
}
