using System.Diagnostics;
using System.Text.Json;
using Bench.Measurement;

namespace Bench.Host;

/// <summary>Measures the overhead of notebooks: the start, and each cell. PyTorch has no such measurement.</summary>
internal static class HostSide
{
    private const int Cells = 200;

    public static IEnumerable<Sample> Measure()
    {
        var folder = Directory.CreateTempSubdirectory("bench-host-");
        try
        {
            var one = Run(folder.FullName, "one", cells: 1);
            var many = Run(folder.FullName, "many", Cells + 1);
            return [new("start to the end of a hello notebook", one), new("each further cell", (many - one) / Cells)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Returns the duration of <c>nb run</c> in milliseconds.</summary>
    private static double Run(string folder, string name, int cells)
    {
        var path = Path.Combine(folder, name + ".ipynb");
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            cells = Enumerable.Range(0, cells).Select(i => new
            {
                cell_type = "code",
                source = $"var hello{i} = \"hello\" + {i};\nhello{i}",
                metadata = new { },
                outputs = Array.Empty<object>(),
                execution_count = (int?)null,
            }),
            metadata = new { kernelspec = new { display_name = ".NET (C#)", language = "C#", name = ".net-csharp" } },
            nbformat = 4,
            nbformat_minor = 4,
        }));
        var host = Path.Combine(AppContext.BaseDirectory, "..", "nb", "NotebookHost.dll");
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [host, "run", path, "--out", Path.Combine(folder, "out")]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
            : throw new InvalidOperationException($"nb run ended with {process.ExitCode}.");
    }
}
