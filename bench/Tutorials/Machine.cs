using System.Runtime.InteropServices;
using TorchSharp;

namespace Bench.Tutorials;

/// <summary>Describes the machine of a measurement.</summary>
internal static class Machine
{
    /// <summary>Gets the processor, its cores and the number of libtorch's threads.</summary>
    public static string Name => $"{Processor()}, {Environment.ProcessorCount} cores, libtorch on {Threads(torch.get_num_threads())}";

    /// <summary>Gets the versions of .NET, TorchSharp and libtorch.</summary>
    public static string Versions =>
        $".NET {Environment.Version}, TorchSharp {typeof(torch).Assembly.GetName().Version!.ToString(3)}, libtorch {torch.__version__}";

    private static string Threads(int count) => count == 1 ? "1 thread" : $"{count} threads";

    private static string Processor()
    {
        const string Information = "/proc/cpuinfo";
        var line = File.Exists(Information) ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
