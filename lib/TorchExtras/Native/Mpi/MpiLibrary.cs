using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native;

/// <summary>Finds and loads the system's MPI library: Open MPI, MPICH (or one of its family, such as Intel MPI) or MS-MPI.</summary>
internal static class MpiLibrary
{
    /// <summary>The environment variable with the path of the library, for systems where no library or the wrong one is found.</summary>
    public const string Variable = "TORCH_MPI_LIBRARY";

    /// <summary>The instructions for installation and start, for messages.</summary>
    public const string HowToInstall =
        "Install one: on Debian and Ubuntu `apt-get install openmpi-bin libopenmpi3` (libopenmpi40 from Debian 13 on) or `apt-get install mpich`, on "
        + "Fedora and RHEL `dnf install openmpi`, on macOS `brew install open-mpi`, on Windows Microsoft MPI (https://aka.ms/msmpi); or set the "
        + "environment variable " + Variable + " to the path of the library. "
        + "Then start the processes with `mpirun -np 2 dotnet program.dll` (on Windows `mpiexec -n 2`).";

    private static readonly string[] _openMpi = OperatingSystem.IsMacOS()
        ? ["libmpi.40.dylib", "libmpi.dylib", "/opt/homebrew/lib/libmpi.40.dylib", "/usr/local/lib/libmpi.40.dylib"]
        : ["libmpi.so.40", "libmpi.so.80", "libmpi.so.20", "/usr/lib64/openmpi/lib/libmpi.so.40"];

    private static readonly string[] _mpich = OperatingSystem.IsMacOS()
        ? ["libmpi.12.dylib", "libmpich.12.dylib", "/opt/homebrew/lib/libmpi.12.dylib", "/usr/local/lib/libmpi.12.dylib"]
        : ["libmpich.so.12", "libmpi.so.12", "/usr/lib64/mpich/lib/libmpi.so.12"];

    /// <summary>Returns whether an MPI library can be loaded.</summary>
    public static bool IsAvailable()
    {
        if (!TryLoad(out var library))
            return false;
        NativeLibrary.Free(library);
        return true;
    }

    /// <summary>Loads the MPI library of the launcher that started this process; without a launcher, the first library that is found.</summary>
    /// <exception cref="DllNotFoundException">No MPI library was found; the message says what to install.</exception>
    public static nint Load() => TryLoad(out var library)
        ? library
        : throw new DllNotFoundException($"No MPI library was found ({string.Join(", ", Candidates())}). {HowToInstall}");

    private static bool TryLoad(out nint library)
    {
        // loading an MPI library sets signal handlers
        var handlers = SignalHandlers.Read();
        try
        {
            foreach (var name in Candidates())
            {
                if (NativeLibrary.TryLoad(name, out library))
                    return true;
            }
            library = 0;
            return false;
        }
        finally
        {
            handlers.Restore();
        }
    }

    private static string[] Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return [named];
        if (OperatingSystem.IsWindows())
            return ["msmpi.dll", "impi.dll"];
        return MpiLauncher.IsOfMpichFamily ? [.. _mpich, .. _openMpi, "libmpi.so"] : [.. _openMpi, .. _mpich, "libmpi.so"];
    }
}
