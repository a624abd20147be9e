using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Discards libtorch's warnings on this thread until it is disposed.</summary>
/// <remarks>
/// libtorch warns once when a kernel replaces another. It passes warnings to the thread's warning handler, a C++ object. The handler here has the
/// memory layout of that class: the address of a table with the addresses of the virtual methods.
/// </remarks>
internal sealed unsafe class WarningSuppression : IDisposable
{
    private static readonly nint _handler = NewHandler();

    private readonly delegate* unmanaged<nint, void> _set;
    private readonly nint _before;

    public WarningSuppression()
    {
        var get = (delegate* unmanaged<nint>)LibTorch.Export(
            OperatingSystem.IsWindows() ? "?get_warning_handler@WarningUtils@c10@@YAPEAVWarningHandler@2@XZ" : "_ZN3c1012WarningUtils19get_warning_handlerEv",
            "Replacing a kernel");
        _set = (delegate* unmanaged<nint, void>)LibTorch.Export(
            OperatingSystem.IsWindows()
                ? "?set_warning_handler@WarningUtils@c10@@YAXPEAVWarningHandler@2@@Z"
                : "_ZN3c1012WarningUtils19set_warning_handlerEPNS_14WarningHandlerE",
            "Replacing a kernel");
        _before = get();
        _set(_handler);
    }

    public void Dispose() => _set(_before);

    private static nint NewHandler()
    {
        // the table has one entry for the destructor with Microsoft's compiler, and two with others
        var destructors = OperatingSystem.IsWindows() ? 1 : 2;
        var memory = (nint*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(WarningSuppression), sizeof(nint) * (destructors + 2));
        memory[0] = (nint)(memory + 1);
        for (var i = 0; i < destructors; i++)
            memory[1 + i] = (nint)(delegate* unmanaged<nint, void>)&Destroy;
        memory[1 + destructors] = (nint)(delegate* unmanaged<nint, nint, void>)&Process;
        return (nint)memory;
    }

    [UnmanagedCallersOnly]
    private static void Destroy(nint handler)
    {
    }

    [UnmanagedCallersOnly]
    private static void Process(nint handler, nint warning)
    {
    }
}
