using System.CommandLine;
using System.Diagnostics;

namespace NotebookHost.Cli.Repository;

/// <summary><c>nb bench</c>: starts the program that measures.</summary>
internal sealed class BenchCommand : Command
{
    public BenchCommand(Checkout checkout)
        : base("bench", "Measures beside PyTorch. bench/README.md has the arguments and the current figures.")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, _) => ForegroundProcess.RunAsync(
            new ProcessStartInfo("dotnet", [checkout.At("artifacts", "bench", "Bench.dll"), .. parsed.UnmatchedTokens])));
    }
}
