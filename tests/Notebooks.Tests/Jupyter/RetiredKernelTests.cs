using System.Text.Json;

namespace Notebooks.Tests.Jupyter;

/// <summary>
/// Every chapter runs to its end in .NET Interactive, the retired kernel that Polyglot Notebooks still uses. It is a local tool of this
/// repository (.config/dotnet-tools.json).
/// </summary>
[TestCaseOrderer("Notebooks.Tests.Running.AskedFor", "Notebooks.Tests")]
public sealed class RetiredKernelTests(RetiredKernelTests.Runs runs) : IClassFixture<RetiredKernelTests.Runs>
{
    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [TheoryWithNbclient]
    [MemberData(nameof(Chapters))]
    public async Task It_runs_to_its_end_in_NET_Interactive(string chapter)
    {
        var error = await runs.ErrorOf(chapter);
        Assert.True(error is null, error);
    }

    public sealed class Runs() : JupyterRuns(typeof(RetiredKernelTests))
    {
        protected override string Kernel => ".net-csharp";

        protected override async Task InstallAsync(string prefix)
        {
            await RunToEndAsync("dotnet", "tool", "restore");
            var folder = Directory.CreateDirectory(Path.Combine(prefix, "share", "jupyter", "kernels", Kernel));
            var specification = JsonSerializer.Serialize(new
            {
                argv = new[]
                {
                    "dotnet", "tool", "run", "dotnet-interactive", "--",
                    "jupyter", "--default-kernel", "csharp", "--http-local-only", "{connection_file}",
                },
                display_name = ".NET (C#)",
                language = "C#",
                env = new { DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT = "1" },
            });
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "kernel.json"), specification);
        }
    }
}
