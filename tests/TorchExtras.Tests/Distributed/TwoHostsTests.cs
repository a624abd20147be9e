using System.Diagnostics;
using System.Reflection;
using Tests.Mpi;

namespace TorchSharp.Extras.Tests.Distributed;

public sealed class TwoHostsTests
{
    [FactWithTwoHosts]
    public async Task Two_hosts_train_over_TCP_to_the_weights_of_one_process()
    {
        var start = new ProcessStartInfo("bash", [Script, Path.Combine(AppContext.BaseDirectory, "TorchExtras.Tests.Worker.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await errors);
        Assert.Equal(2, (await output).Split('\n').Count(line => line.Contains("from those of one process", StringComparison.Ordinal)));
    }

    private static string Script => typeof(TwoHostsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "TwoHostsScript").Value!;

    /// <summary>A test that needs Open MPI and network namespaces: it is skipped if they are not available.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class FactWithTwoHostsAttribute : FactAttribute
    {
        public FactWithTwoHostsAttribute() => Skip = MpiJob.Missing ?? (Succeeds("mpirun", "--version", "Open MPI") ? null : "mpirun is not Open MPI's.")
            ?? (CanMakeNamespaces() ? null : "network namespaces cannot be made here (they need Linux, iproute2 and root).");

        private static bool CanMakeNamespaces()
        {
            var name = $"nb-probe-{Environment.ProcessId}";
            return OperatingSystem.IsLinux() && Succeeds("ip", $"netns add {name}") && Succeeds("ip", $"netns del {name}");
        }

        private static bool Succeeds(string program, string arguments, string says = "")
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                var said = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                return process.ExitCode == 0 && said.Contains(says, StringComparison.Ordinal);
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
