using System.CommandLine;
using System.Diagnostics;
using NotebookHost.Cli.Repository;

namespace NotebookHost.Cli;

/// <summary><c>nb lab</c>: starts the installed Jupyter with this kernel.</summary>
internal sealed class LabCommand : Command
{
    private const string HowToGetJupyter =
        """
        nb lab requires Jupyter, which is not installed. Install it with one of these commands:
          Debian, Ubuntu   sudo apt-get install jupyter-notebook
          with Python      python3 -m pip install jupyterlab
          conda            conda install jupyterlab
        VS Code opens the notebooks without Jupyter: install its Jupyter extension, then run: nb kernel install
        """;

    public LabCommand()
        : base("lab", "Registers the kernel and starts Jupyter for local connections. Additional arguments are passed to Jupyter.")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction((parsed, _) => StartAsync(parsed.UnmatchedTokens));
    }

    private static async Task<int> StartAsync(IEnumerable<string> arguments)
    {
        var lab = ForegroundProcess.Find("jupyter-lab");
        if ((lab ?? ForegroundProcess.Find("jupyter-notebook")) is not { } jupyter)
        {
            Console.Error.WriteLine(HowToGetJupyter);
            return ExitCode.NotReady;
        }
        foreach (var line in KernelCommand.InstallForUser())
            Console.Error.WriteLine(line);
        var folder = Checkout.Current?.At("notebooks") ?? Directory.GetCurrentDirectory();
        if (Checkout.Current is not null)
            await TrustAsync(folder).ConfigureAwait(false);
        string[] options = ["--ip=127.0.0.1", lab is null ? $"--notebook-dir={folder}" : $"--ServerApp.root_dir={folder}"];
        if (Environment.UserName == "root")
            options = [.. options, "--allow-root"];
        return await ForegroundProcess.RunAsync(new ProcessStartInfo(jupyter, [.. options, .. arguments])).ConfigureAwait(false);
    }

    /// <summary>Marks the chapters as trusted, because Jupyter does not show the saved charts of other notebooks.</summary>
    private static async Task TrustAsync(string folder)
    {
        // only the chapters, because other notebooks in the folder belong to the user
        var chapters = Directory.EnumerateFiles(folder, "??-*.ipynb").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]));
        // Debian's package contains the module but not the command
        var start = ForegroundProcess.Find("jupyter-trust") is { } trust
            ? new ProcessStartInfo(trust, chapters)
            : new ProcessStartInfo("python3", ["-m", "nbformat.sign", .. chapters]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        try
        {
            var code = await ForegroundProcess.RunAsync(
                start,
                process => Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync())).ConfigureAwait(false);
            if (code == 0)
                return;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // there is no program named python3
        }
        Console.Error.WriteLine("Jupyter shows the charts of the chapters after their cells have run.");
    }
}
