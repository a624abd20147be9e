using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using NotebookHost.Sessions;

namespace NotebookHost.Processes;

/// <summary>
/// Writes the cell and line to standard error when native code aborts the process, as C++ does for an unhandled exception.
/// .NET writes a stack trace only for its own fatal errors.
/// </summary>
internal static unsafe class AbortTrace
{
    private const int AbortSignal = 6;

    // the process must end even if the aborting thread holds a lock
    private const uint MaxSeconds = 3;

    private static NativeStreams? _streams;

    /// <summary>Installs the handler.</summary>
    /// <param name="streams">The standard streams of the process.</param>
    public static void Install(NativeStreams streams)
    {
        if (OperatingSystem.IsWindows())
            return;
        _streams = streams;
        _ = SetHandler(AbortSignal, &OnAbort);
    }

    // abort() raises the signal on the calling thread, whose stack has the frames of the cell. When the handler returns, abort() ends the process
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    [UnsupportedOSPlatform("windows")]
    private static void OnAbort(int signal)
    {
        _ = EndAfter(MaxSeconds);
        try
        {
            var text = new StringBuilder();
            foreach (var frame in new StackTrace(fNeedFileInfo: true).GetFrames())
            {
                if (frame.GetFileName() is { } file && frame.GetFileLineNumber() > 0 && frame.GetMethod() is { } method && RuntimeErrors.IsOfNotebook(method))
                    text.Append("   at ").Append(method.DeclaringType?.FullName).Append('.').Append(method.Name).Append("() in ")
                        .Append(file).Append(":line ").Append(frame.GetFileLineNumber()).Append('\n');
            }
            _streams!.WriteError(text.ToString());
        }
#pragma warning disable CA1031 // the process ends with a reason, even without the line
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    private static extern nint SetHandler(int signal, delegate* unmanaged[Cdecl]<int, void> handler);

    [DllImport("libc", EntryPoint = "alarm")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    private static extern uint EndAfter(uint seconds);
}
