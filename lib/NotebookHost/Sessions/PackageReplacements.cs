using TorchSharp.Extras.Native;

namespace NotebookHost.Sessions;

/// <summary>The managed libraries of packages that are loaded from a patched copy. The compiler uses the files of the packages.</summary>
internal static class PackageReplacements
{
    /// <summary>Returns the copies of libraries that require one. Copies are stored with the restored project.</summary>
    /// <param name="home">The folder of the restored project.</param>
    /// <param name="libraries">The packages' managed libraries.</param>
    public static IReadOnlyDictionary<string, string> Of(string home, IEnumerable<string> libraries)
    {
        var copies = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var library in libraries.Where(HeldArguments.AreNeeded))
        {
            var copy = Path.Combine(home, "replacements", Path.GetFileName(library));
            if (IsNewer(copy, library) || TryPatch(library, copy))
                copies[library] = copy;
        }
        return copies;
    }

    private static bool IsNewer(string copy, string library)
        => File.Exists(copy) && File.GetLastWriteTimeUtc(copy) >= File.GetLastWriteTimeUtc(library);

    private static bool TryPatch(string library, string copy)
    {
        try
        {
            return HeldArguments.TryPatch(library, copy);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // another session may have created the same copy or may be using it
            return File.Exists(copy);
        }
    }
}
