using TorchSharp;

namespace Tests.Mpi;

/// <summary>
/// The output of a process of a job for the test, in a separate file, because launchers interleave the outputs of processes within lines.
/// </summary>
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
        File.AppendAllText(Path.Combine(folder, Rank()), line + "\n");
    }

    /// <summary>Returns the rank of this process from torch.distributed if it is initialized, else from the launcher (Open MPI or MPICH).</summary>
    private static string Rank() => torch.distributed.is_initialized()
        ? $"{torch.distributed.get_rank()}"
        : Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_RANK") ?? Environment.GetEnvironmentVariable("PMI_RANK") ?? "0";
}
