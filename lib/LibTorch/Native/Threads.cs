using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>How many threads one operator uses, and how they wait for each other.</summary>
internal static partial class Threads
{
    /// <summary>The processor's cores, or what OMP_NUM_THREADS says.</summary>
    public static int Default =>
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), out var wished) && wished > 0 ? wished : Environment.ProcessorCount;

    /// <summary>
    /// Shortens how long OpenMP's threads spin before they sleep: from milliseconds, which make training slower as soon as anything else,
    /// the compiler of the next cell for instance, wants a core, to some 50 µs, which most gaps between operators are shorter than.
    /// </summary>
    /// <remarks>OpenMP reads its environment when it is loaded, so this comes before libtorch; what the user has set stays.</remarks>
    public static void ShortenSpinning()
    {
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null && OperatingSystem.IsLinux())
            _ = setenv("GOMP_SPINCOUNT", "3000", 0);
    }

    /// <summary>
    /// Loads the OpenBLAS that is built on OpenMP, where there is one, before libtorch looks for a BLAS, whichever the machine prefers. It
    /// uses libtorch's own threads; any other has to be kept to one thread, and so multiplies large matrices on one core.
    /// </summary>
    public static void PreferSharedThreads()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var folder in Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu"))
            NativeLibrary.TryLoad(Path.Combine(folder, "openblas-openmp", "libblas.so.3"), out _);
    }

    // .NET's own SetEnvironmentVariable does not reach native code
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
