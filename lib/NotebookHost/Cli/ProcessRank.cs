namespace NotebookHost.Cli;

/// <summary>The rank from mpirun, mpiexec or srun if it started several processes for one notebook.</summary>
internal static class ProcessRank
{
    // Open MPI, MPICH and derivatives, SLURM
    private static readonly string[] _variables = ["OMPI_COMM_WORLD_RANK", "PMI_RANK", "SLURM_PROCID"];

    /// <summary>Gets the subfolder for the copies of this process, so that processes do not write the same files; "" without a launcher.</summary>
    public static string Folder => _variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(rank => !string.IsNullOrEmpty(rank)) is { } rank
        ? $"rank-{rank}"
        : "";
}
