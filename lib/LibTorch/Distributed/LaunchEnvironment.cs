using System.Globalization;

namespace TorchSharp;

/// <summary>What a launcher (nb launch, torchrun, SLURM with a line of shell, Kubernetes) says to each process in its environment.</summary>
internal sealed record LaunchEnvironment(string MasterAddress, int MasterPort, int Rank, int WorldSize)
{
    /// <summary>Reads MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE; the last two only where they are not given.</summary>
    /// <exception cref="ArgumentException">One is missing, or cannot be.</exception>
    public static LaunchEnvironment Read(int rank, int worldSize)
    {
        var size = worldSize >= 0 ? worldSize : Number("WORLD_SIZE", 1, int.MaxValue);
        var number = rank >= 0 ? rank : Number("RANK", 0, size - 1);
        return new LaunchEnvironment(Text("MASTER_ADDR"), Number("MASTER_PORT", 1, ushort.MaxValue), number, size);
    }

    private static int Number(string variable, int least, int most)
    {
        var text = Text(variable);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException(
                most == int.MaxValue
                    ? $"The environment variable {variable} is '{text}': it must be a whole number from {least}."
                    : $"The environment variable {variable} is '{text}': it must be a whole number from {least} to {most}.");
    }

    private static string Text(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
        ? text
        : throw new ArgumentException(
            $"The environment variable {variable} is missing. Start the processes with ./nb launch --nproc N, with torchrun or with whatever "
            + "else sets MASTER_ADDR, MASTER_PORT, RANK and WORLD_SIZE; or pass store, rank and world_size.");
}
