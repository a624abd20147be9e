using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>What NVIDIA's driver says of a device; libtorch itself tells only those who compile against its toolkit.</summary>
internal static unsafe partial class CudaDriver
{
    private const string Library = "libcuda.so.1";
    private const int CapabilityMajor = 75;
    private const int CapabilityMinor = 76;

    public static string Name(int index)
    {
        const int Room = 256;
        var name = stackalloc byte[Room];
        Check(cuDeviceGetName(name, Room, Device(index)));
        return Marshal.PtrToStringUTF8((nint)name)!;
    }

    public static (int Major, int Minor) Capability(int index)
    {
        var device = Device(index);
        int major, minor;
        Check(cuDeviceGetAttribute(&major, CapabilityMajor, device));
        Check(cuDeviceGetAttribute(&minor, CapabilityMinor, device));
        return (major, minor);
    }

    private static int Device(int index)
    {
        int device;
        Check(cuInit(0));
        Check(cuDeviceGet(&device, index));
        return device;
    }

    [SuppressMessage("Usage", "CA2201", Justification = "as for the door's own errors")]
    private static void Check(int result)
    {
        if (result != 0)
            throw new ExternalException($"CUDA's driver gave error {result}: see CUresult in its documentation.", result);
    }

    [LibraryImport(Library)]
    private static partial int cuInit(uint flags);

    [LibraryImport(Library)]
    private static partial int cuDeviceGet(int* device, int ordinal);

    [LibraryImport(Library)]
    private static partial int cuDeviceGetName(byte* name, int length, int device);

    [LibraryImport(Library)]
    private static partial int cuDeviceGetAttribute(int* value, int attribute, int device);
}
