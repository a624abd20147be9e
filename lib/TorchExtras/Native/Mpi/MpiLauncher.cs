using System.Globalization;

namespace TorchSharp.Extras.Native;

/// <summary>What the launcher (mpirun, mpiexec, srun) says about this process in environment variables.</summary>
internal static class MpiLauncher
{
    // Open MPI's mpirun; the PMI of MPICH's, Intel's and Microsoft's launchers
    private static readonly string[] _sizes = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE"];

    private static readonly string[] _localRanks = ["OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID", "PMI_LOCAL_RANK", "SLURM_LOCALID", "LOCAL_RANK"];

    /// <summary>Gets whether the launcher belongs to MPICH or a relative: it sets PMI's variables and not Open MPI's.</summary>
    public static bool IsOfMpichFamily => Number("PMI_RANK") is not null && Number("OMPI_COMM_WORLD_RANK") is null;

    /// <summary>Gets how many processes the launcher started; null when there is no launcher, or it does not say.</summary>
    public static int? Size => First(_sizes);

    /// <summary>Gets the number of this process among those of its machine, from 0; null when no launcher says so.</summary>
    public static int? LocalRank => First(_localRanks);

    private static int? First(string[] variables) => variables.Select(Number).FirstOrDefault(number => number is not null);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
