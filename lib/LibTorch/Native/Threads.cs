namespace TorchSharp.Native;

/// <summary>How many threads one operator uses.</summary>
internal static class Threads
{
    /// <summary>The processor's cores, or what OMP_NUM_THREADS says.</summary>
    public static int Default =>
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), out var wished) && wished > 0 ? wished : Environment.ProcessorCount;
}
