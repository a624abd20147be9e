using TorchSharp;

namespace Tests.Mpi;

/// <summary>What a process of a job tells the test: lines in a file of its own, since a launcher mixes the outputs of processes within lines.</summary>
internal static class RankOutput
{
    /// <summary>The environment variable that names the folder of the files.</summary>
    public const string Variable = "TORCH_TESTS_OUTPUT";

    /// <summary>Writes a line to the file of this rank; without a folder, to the standard output.</summary>
    public static void Say(string line)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
        {
            Console.WriteLine(line);
            return;
        }
        var rank = torch.distributed.is_initialized() ? torch.distributed.get_rank() : 0;
        File.AppendAllText(Path.Combine(folder, $"{rank}"), line + "\n");
    }
}
