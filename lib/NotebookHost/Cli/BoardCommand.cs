using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using NotebookHost.Cli.Repository;

namespace NotebookHost.Cli;

/// <summary><c>nb board</c>: starts the program of the package BoardHost, which references the deep learning library; this one does not.</summary>
internal sealed class BoardCommand : Command
{
    private const string Program = "nb-board";

    public BoardCommand()
        : base("board", "Shows TensorBoard files as a page on this machine. The package TorchNotebooks.BoardHost does it.")
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
            Console.Error.WriteLine($"nb board needs {Program}: dotnet tool install --global TorchNotebooks.BoardHost");
            return ExitCode.Usage;
        }
    }

    // tools that are installed to a folder lie beside each other, whether or not it is in the path
    private static string Find()
    {
        var beside = Path.Combine(Path.GetDirectoryName(Environment.ProcessPath) ?? "", OperatingSystem.IsWindows() ? $"{Program}.exe" : Program);
        return File.Exists(beside) ? beside : Program;
    }
}
