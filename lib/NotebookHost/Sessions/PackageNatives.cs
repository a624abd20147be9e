using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp.Extras.Native;

namespace NotebookHost.Sessions;

/// <summary>
/// The native libraries that a build would use. A package's MSBuild targets may replace one by a file of their own, for example by a copy that
/// fits an older system.
/// </summary>
internal static class PackageNatives
{
    private const string FileName = "natives.json";

    /// <summary>Deletes what an earlier restore found.</summary>
    public static void Forget(string home) => File.Delete(Path.Combine(home, FileName));

    /// <summary>Asks the restored project for its native libraries and keeps the answer. Without an answer, the packages' own files are used.</summary>
    /// <param name="home">The folder of the restored project.</param>
    /// <param name="project">The project's file name.</param>
    /// <param name="cancellation">Ends the question.</param>
    /// <exception cref="PackageException">There is no SDK.</exception>
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

    /// <summary>Returns the kept answer, or null if there is none or one of its files is gone.</summary>
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
    /// Returns native libraries that lie beside one another, where the system's loader finds those that others need. Libraries of several packages
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

    // TorchSharp's own package has no targets that would replace its library on a system with an older libstdc++
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
            // another session may have made the same one, or uses it
            if (!File.Exists(link))
                throw;
        }
        return link;
    }
}
