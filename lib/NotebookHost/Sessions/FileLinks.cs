using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NotebookHost.Sessions;

/// <summary>
/// Creates links to files and folders: symbolic links; hard links if symbolic links are not allowed, as for most users of Windows; copies
/// if the files are on another drive.
/// </summary>
/// <param name="allowSymbolic">Whether to try symbolic links.</param>
internal sealed class FileLinks(bool allowSymbolic = true)
{
    /// <summary>Creates <paramref name="link"/>, which must not exist, as a link to a file.</summary>
    /// <exception cref="IOException">The file cannot be read or the link cannot be written.</exception>
    public void LinkFile(string link, string target)
    {
        if (Try(() => File.CreateSymbolicLink(link, target)))
            return;
        if (!TryHardLink(link, target))
            File.Copy(target, link);
    }

    /// <summary>Creates <paramref name="link"/>, which must not exist, as a link to a folder.</summary>
    /// <exception cref="IOException">A file cannot be read or the link cannot be written.</exception>
    public void LinkFolder(string link, string target)
    {
        if (Try(() => Directory.CreateSymbolicLink(link, target)))
            return;
        Directory.CreateDirectory(link);
        foreach (var entry in new DirectoryInfo(target).EnumerateFileSystemInfos())
        {
            var inner = Path.Combine(link, entry.Name);
            if (entry is DirectoryInfo)
                LinkFolder(inner, entry.FullName);
            else
                LinkFile(inner, entry.FullName);
        }
    }

    private bool Try(Action link)
    {
        if (!allowSymbolic)
            return false;
        try
        {
            link();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryHardLink(string link, string target)
        => OperatingSystem.IsWindows() ? CreateHardLink(link, target, 0) : HardLink(target, link) == 0;

    [DllImport("kernel32", CharSet = CharSet.Unicode, EntryPoint = "CreateHardLinkW")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [SupportedOSPlatform("windows")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool CreateHardLink(string link, string target, nint attributes);

    [DllImport("libc", EntryPoint = "link", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [UnsupportedOSPlatform("windows")]
    private static extern int HardLink([MarshalAs(UnmanagedType.LPUTF8Str)] string target, [MarshalAs(UnmanagedType.LPUTF8Str)] string link);
}
