using System.Diagnostics;

namespace NotebookHost.Cli.Repository;

/// <summary>Installs packages of Debian and Ubuntu for tests.</summary>
internal static class DebianPackages
{
    /// <summary>Installs the packages of tools, or prints why this is not possible.</summary>
    public static async Task InstallAsync(IReadOnlyList<OptionalTool> tools)
    {
        var packages = tools.Select(tool => tool.Package).ToList();
        if (ForegroundProcess.Find("apt-get") is not { } apt)
        {
            Console.Error.WriteLine("--install works on Debian and Ubuntu only.");
            return;
        }
        string[] command = Environment.UserName == "root" ? [apt] : ["sudo", "-n", apt];
        Console.Error.WriteLine($"installing {string.Join(' ', packages)}");
        // the package lists may be outdated or missing, for example in a container
        await RunAsync([.. command, "update", "-qq"]).ConfigureAwait(false);
        foreach (var package in packages)
        {
            var output = await RunAsync([.. command, "install", "-y", "-q", "--no-install-recommends", package]).ConfigureAwait(false);
            if (output is not null)
                Console.Error.WriteLine($"{package} could not be installed: {output}");
        }
    }

    /// <returns>The last line of the output if the command failed; otherwise null.</returns>
    private static async Task<string?> RunAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        var output = new string[2];
        try
        {
            var code = await ForegroundProcess.RunAsync(start, async process => output = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).ConfigureAwait(false)).ConfigureAwait(false);
            return code == 0 ? null : string.Concat(output).Trim().Split('\n')[^1];
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return error.Message;
        }
    }
}
