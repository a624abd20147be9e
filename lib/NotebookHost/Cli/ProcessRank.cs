namespace NotebookHost.Cli;

/// <summary>The number that mpirun, mpiexec or srun gave this process, when it started several processes of one notebook.</summary>
internal static class ProcessRank
{
    // Open MPI, MPICH and its relatives, SLURM
    private static readonly string[] _variables = ["OMPI_COMM_WORLD_RANK", "PMI_RANK", "SLURM_PROCID"];

    /// <summary>Gets the folder for this process's copies inside the usual one, so that processes do not write the same files; "" without a launcher.</summary>
    public static string Folder => _variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(rank => !string.IsNullOrEmpty(rank)) is { } rank
        ? $"rank-{rank}"
        : "";
}
