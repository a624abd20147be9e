using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NotebookHost.Cli;

/// <summary>
/// <c>nb board</c>: hands over to a program of its own, which a package of its own brings, for that knows the library and this one does not.
/// </summary>
internal sealed class BoardCommand : Command
{
    private const string Program = "nb-board";

    public BoardCommand()
        : base("board", "Shows TensorBoard files as a page on this machine. The package TorchNotebooks.BoardHost does it.")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction(HandOverAsync);
    }

    private static async Task<int> HandOverAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            using var board = Process.Start(new ProcessStartInfo(Find(), parsed.UnmatchedTokens))!;
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => board.Kill());
            await board.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return board.ExitCode;
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
        var beside = Path.Combine(Path.GetDirectoryName(Environment.ProcessPath) ?? "", Program);
        return File.Exists(beside) ? beside : Program;
    }
}
