using System.CommandLine;
using System.Diagnostics;

namespace NotebookHost.Cli.Repository;

/// <summary><c>nb bench</c>: starts the benchmark program.</summary>
internal sealed class BenchCommand : Command
{
    public BenchCommand(Checkout checkout)
        : base("bench", "Compares the performance with PyTorch. bench/README.md contains the arguments and the current results.")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, _) => ForegroundProcess.RunAsync(
            new ProcessStartInfo("dotnet", [checkout.At("artifacts", "bench", "Bench.dll"), .. parsed.UnmatchedTokens])));
    }
}
