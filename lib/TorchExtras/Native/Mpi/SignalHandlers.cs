using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace TorchSharp.Extras.Native;

/// <summary>
/// The handlers of the signals that .NET turns into exceptions, such as NullReferenceException. Libraries of MPI (UCX) replace them with handlers
/// that end the process; this class restores them.
/// </summary>
internal sealed unsafe partial class SignalHandlers
{
    // larger than struct sigaction of any system
    private const int HandlerBytes = 512;

    // SIGILL, SIGABRT, SIGFPE, SIGSEGV, and SIGBUS, which has another number on macOS
    private static readonly int[] _signals = [4, 6, 8, 11, OperatingSystem.IsMacOS() ? 10 : 7];

    private readonly byte[][] _handlers;

    private SignalHandlers(byte[][] handlers) => _handlers = handlers;

    /// <summary>Returns the current handlers.</summary>
    public static SignalHandlers Read() => new(OperatingSystem.IsWindows() ? [] : Array.ConvertAll(_signals, Read));

    /// <summary>Restores these handlers.</summary>
    public void Restore()
    {
        if (OperatingSystem.IsWindows())
            return;
        for (var i = 0; i < _handlers.Length; i++)
        {
            fixed (byte* handler = _handlers[i])
                _ = SetAction(_signals[i], handler, null);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static byte[] Read(int signal)
    {
        var handler = new byte[HandlerBytes];
        fixed (byte* start = handler)
            _ = SetAction(signal, null, start);
        return handler;
    }

    [UnsupportedOSPlatform("windows")]
    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int SetAction(int signal, byte* handler, byte* previous);
}
