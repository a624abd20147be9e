using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp.Extras.Native;

namespace NotebookHost.Sessions;

/// <summary>
/// The native libraries that a build would use. The MSBuild targets of a package can replace a library with another file, for example with a copy for
/// older systems.
/// </summary>
internal static class PackageNatives
{
    private const string FileName = "natives.json";

    /// <summary>Deletes the result of an earlier restore.</summary>
    public static void Forget(string home) => File.Delete(Path.Combine(home, FileName));

    /// <summary>Requests the native libraries of the restored project from MSBuild and saves the result. If there is no result, the files of the packages are used.</summary>
    /// <param name="home">The folder of the restored project.</param>
    /// <param name="project">The project's file name.</param>
    /// <param name="cancellation">A token that cancels the request.</param>
    /// <exception cref="PackageException">The SDK is not installed.</exception>
    public static async Task ResolveAsync(string home, string project, CancellationToken cancellation)
    {
        var (code, _) = await SdkProcess.RunAsync(
            home,
            ["msbuild", project, "-nologo", "-target:ResolvePackageAssets", "-getItem:NativeCopyLocalItems", $"-getResultOutputFile:{FileName}"],
            onLine: null,
            cancellation).ConfigureAwait(false);
        if (code != 0)
            Forget(home);
    }

    /// <summary>Returns the saved result; null if there is none or one of its files does not exist.</summary>
    public static IReadOnlyList<string>? Read(string home)
    {
        var path = Path.Combine(home, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            var items = JsonNode.Parse(File.ReadAllText(path))?["Items"]?["NativeCopyLocalItems"]?.AsArray();
            var files = items?.Select(item => (string)item!["FullPath"]!).ToList();
            return files is not null && files.TrueForAll(File.Exists) ? files : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Returns native libraries in the same folder, where the loader of the system finds their dependencies. Libraries of several packages
    /// are linked into one folder.
    /// </summary>
    /// <param name="home">The folder of the restored project.</param>
    /// <param name="natives">The packages' native libraries.</param>
    public static IReadOnlyList<string> Gather(string home, IReadOnlyList<string> natives)
    {
        if (natives.Select(Path.GetDirectoryName).Distinct().Count() < 2)
            return natives;
        var folder = Directory.CreateDirectory(Path.Combine(home, "natives")).FullName;
        return [.. natives.Select(native => Place(native, Path.Combine(folder, Path.GetFileName(native))))];
    }

    // the TorchSharp package has no targets that replace its library on a system with an older libstdc++
    private static string Place(string file, string place)
    {
        if (Path.GetFileName(file) != "libLibTorchSharp.so" || !OldLibstdcxx.IsPresent())
            return Link(file, place);
        if (new FileInfo(place) is { Exists: true, LinkTarget: null } copy && copy.Length == new FileInfo(file).Length)
            return place;
        return OldLibstdcxx.TryPatch(file, place) ? place : Link(file, place);
    }

    private static string Link(string file, string link)
    {
        var present = new FileInfo(link);
        if (present.LinkTarget == file || (present.Exists && present.LinkTarget is null && present.Length == new FileInfo(file).Length))
            return link;
        try
        {
            File.Delete(link);
            new FileLinks().LinkFile(link, file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // another session may have created the same file or may be using it
            if (!File.Exists(link))
                throw;
        }
        return link;
    }
}
