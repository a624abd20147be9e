using System.Diagnostics;

namespace Bench.Measurement;

/// <summary>A measuring program with its environment.</summary>
/// <param name="Setting">The name of the environment's settings; empty for the default environment.</param>
internal abstract record Side(string Setting)
{
    protected abstract ProcessStartInfo Start(Suite suite);

    /// <summary>Runs the program and returns its measurements.</summary>
    /// <exception cref="InvalidOperationException">The program failed; the message contains its errors.</exception>
    public async Task<IReadOnlyList<Sample>> MeasureAsync(Suite suite, CancellationToken cancellation)
    {
        var output = await OutputAsync(Start(suite), cancellation).ConfigureAwait(false);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Sample.Parse)];
    }

    /// <summary>Returns the output of a program.</summary>
    /// <exception cref="InvalidOperationException">The program failed; the message contains its errors.</exception>
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

/// <summary>This project with default settings, without environment variables.</summary>
internal sealed record OurSide() : Side("")
{
    public const string Command = "side";

    private static readonly string[] _threadSettings = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_WAIT_POLICY", "GOMP_SPINCOUNT"];

    protected override ProcessStartInfo Start(Suite suite) => Self([Command, suite.Name]);

    /// <summary>Returns the start information of this program, as an executable or with dotnet, without environment variables for threads.</summary>
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

/// <summary>PyTorch with a number of threads, without OpenBLAS's own threads, which would slow it down.</summary>
internal sealed record PyTorchSide(int Threads) : Side(Threads == 1 ? "1 thread" : $"{Threads} threads")
{
    /// <summary>Gets a Python with torch; null if there is none.</summary>
    /// <remarks>The environment variable PYTHON overrides the system's Python, for example with that of a virtual environment.</remarks>
    public static string? Python { get; } =
        Array.Find([Environment.GetEnvironmentVariable("PYTHON") ?? "", "/usr/bin/python3", "/usr/local/bin/python3"], HasTorch);

    public static bool IsMissing => Python is null;

    /// <summary>
    /// Returns the settings of PyTorch; a row is compared with the best of them. Empty if PyTorch has no such measurement or is missing.
    /// </summary>
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
