using System.Diagnostics;

namespace Bench.Measurement;

/// <summary>A program that measures, in the environment that it is measured in.</summary>
/// <param name="Setting">What distinguishes its environment; empty for one with nothing set.</param>
internal abstract record Side(string Setting)
{
    protected abstract ProcessStartInfo Start(Suite suite);

    /// <summary>Starts the program and waits for its figures.</summary>
    /// <exception cref="InvalidOperationException">The program failed; what it said is part of the message.</exception>
    public async Task<IReadOnlyList<Sample>> MeasureAsync(Suite suite, CancellationToken cancellation)
    {
        var output = await OutputAsync(Start(suite), cancellation).ConfigureAwait(false);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sample.Parse)];
    }

    /// <summary>What a program prints.</summary>
    /// <exception cref="InvalidOperationException">The program failed; what it said is part of the message.</exception>
    public static async Task<string> OutputAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        await using var registration = cancellation.Register(() => process.Kill(entireProcessTree: true)).ConfigureAwait(false);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} failed:\n{await errors.ConfigureAwait(false)}");
        return output;
    }
}

/// <summary>This project, as a user gets it: nothing set in the environment.</summary>
internal sealed record OurSide() : Side("")
{
    public const string Command = "side";

    private static readonly string[] _threadSettings = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_WAIT_POLICY", "GOMP_SPINCOUNT"];

    protected override ProcessStartInfo Start(Suite suite) => Self([Command, suite.Name]);

    /// <summary>Returns a start of this program, as an executable or as an assembly of dotnet, without the variables that choose threads.</summary>
    public static ProcessStartInfo Self(params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var isDotnet = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program, isDotnet ? [typeof(OurSide).Assembly.Location, .. arguments] : arguments);
        foreach (var name in _threadSettings)
            start.Environment.Remove(name);
        return start;
    }
}

/// <summary>PyTorch with a number of threads, and OpenBLAS kept from starting its own: unset, they slow it down.</summary>
internal sealed record PyTorchSide(int Threads) : Side(Threads == 1 ? "1 thread" : $"{Threads} threads")
{
    /// <summary>A Python that has torch; null where there is none.</summary>
    /// <remarks>PYTHON names another than the system's, a virtual environment's for instance.</remarks>
    public static string? Python { get; } =
        Array.Find([Environment.GetEnvironmentVariable("PYTHON") ?? "", "/usr/bin/python3", "/usr/local/bin/python3"], HasTorch);

    public static bool IsMissing => Python is null;

    /// <summary>PyTorch's settings that are tried; a row is compared with the best of them. None where PyTorch has no part in it, or is missing.</summary>
    public static IReadOnlyList<PyTorchSide> For(Suite suite) => IsMissing || !File.Exists(Script(suite))
        ? []
        : [.. new[] { 1, Environment.ProcessorCount }.Distinct().Select(threads => new PyTorchSide(threads))];

    protected override ProcessStartInfo Start(Suite suite) =>
        new(Python!, [Script(suite)])
        {
            Environment = { ["OMP_NUM_THREADS"] = $"{Threads}", ["OPENBLAS_NUM_THREADS"] = "1" },
        };

    private static string Script(Suite suite) => Path.Combine(AppContext.BaseDirectory, "pytorch", $"{suite.Name}.py");

    private static bool HasTorch(string python)
    {
        if (!File.Exists(python))
            return false;
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import torch"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
