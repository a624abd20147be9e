using System.Globalization;

namespace TorchSharp.Extras.Native;

/// <summary>Reads the environment variables that the launcher (mpirun, mpiexec, srun) sets for this process.</summary>
internal static class MpiLauncher
{
    // Open MPI's mpirun, then PMI, which the launchers of MPICH, Intel MPI and MS-MPI use
    private static readonly string[] _sizes = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE"];

    private static readonly string[] _localRanks = ["OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID", "PMI_LOCAL_RANK", "SLURM_LOCALID", "LOCAL_RANK"];

    /// <summary>
    /// Gets a value that indicates whether the launcher belongs to the MPICH family: it sets the variables of PMI and not those of Open MPI.
    /// </summary>
    public static bool IsOfMpichFamily => Number("PMI_RANK") is not null && Number("OMPI_COMM_WORLD_RANK") is null;

    /// <summary>Gets the number of processes that the launcher started; null if there is no launcher, or if it does not set the number.</summary>
    public static int? Size => First(_sizes);

    /// <summary>Gets the index of this process among those on its machine, from 0; null if no launcher sets it.</summary>
    public static int? LocalRank => First(_localRanks);

    private static int? First(string[] variables) => variables.Select(Number).FirstOrDefault(number => number is not null);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
