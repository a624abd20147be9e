using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using NotebookHost.Cli.Repository;

namespace NotebookHost.Cli;

/// <summary><c>nb board</c>: starts the program of the package BoardHost, because this program does not reference the deep learning library.</summary>
internal sealed class BoardCommand : Command
{
    private const string Program = "nb-board";

    public BoardCommand()
        : base("board", "Shows TensorBoard files on a local web page. Requires the package TorchNotebooks.BoardHost.")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, _) => StartAsync(parsed));
    }

    private static async Task<int> StartAsync(ParseResult parsed)
    {
        var start = Checkout.Current is { } checkout
            ? new ProcessStartInfo("dotnet", [checkout.At("artifacts", "board", "BoardHost.dll"), .. parsed.UnmatchedTokens])
            : new ProcessStartInfo(Find(), parsed.UnmatchedTokens);
        try
        {
            return await ForegroundProcess.RunAsync(start).ConfigureAwait(false);
        }
        catch (Win32Exception)
        {
            Console.Error.WriteLine($"nb board requires {Program}: dotnet tool install --global TorchNotebooks.BoardHost");
            return ExitCode.Usage;
        }
    }

    // tools that are installed to the same folder, which may not be in the PATH
    private static string Find()
    {
        var beside = Path.Combine(Path.GetDirectoryName(Environment.ProcessPath) ?? "", OperatingSystem.IsWindows() ? $"{Program}.exe" : Program);
        return File.Exists(beside) ? beside : Program;
    }
}
