using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace NotebookHost.Processes;

/// <summary>A job object of Windows: a process and all processes that it starts. The system ends them when the last handle is closed.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsJob : IDisposable
{
    private const int ExtendedLimits = 9;
    private const uint KillOnClose = 0x2000;

    private readonly JobHandle _handle;

    private WindowsJob(JobHandle handle) => _handle = handle;

    /// <summary>Creates a job with a process.</summary>
    /// <returns>The job; null if the system rejects it.</returns>
    public static WindowsJob? With(Process process)
    {
        var handle = CreateJobObject(0, null);
        var limits = new ExtendedLimit { LimitFlags = KillOnClose };
        if (!handle.IsInvalid
            && SetInformationJobObject(handle, ExtendedLimits, ref limits, Marshal.SizeOf<ExtendedLimit>())
            && AssignProcessToJobObject(handle, process.SafeHandle))
            return new WindowsJob(handle);
        handle.Dispose();
        return null;
    }

    /// <summary>Ends every process of the job.</summary>
    public void Kill() => _ = TerminateJobObject(_handle, 1);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    [DllImport("kernel32", CharSet = CharSet.Unicode, EntryPoint = "CreateJobObjectW")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern JobHandle CreateJobObject(nint attributes, string? name);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetInformationJobObject(JobHandle job, int kind, ref ExtendedLimit limits, int length);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AssignProcessToJobObject(JobHandle job, SafeProcessHandle process);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool TerminateJobObject(JobHandle job, uint exitCode);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CloseHandle(nint handle);

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimit
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WriteBytes;
        public ulong OtherBytes;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }

    private sealed class JobHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle() => CloseHandle(handle);
    }
}
