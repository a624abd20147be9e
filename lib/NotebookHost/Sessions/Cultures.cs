using System.Runtime.InteropServices;

namespace NotebookHost.Sessions;

/// <summary>
/// The cultures that cells have: all of them where ICU is found, else the invariant one alone. This program itself is always invariant, so that the
/// files that it writes do not depend on the user's culture, and so that it starts where there is no ICU.
/// </summary>
internal static class Cultures
{
    /// <summary>The sentence for users of a machine without ICU.</summary>
    public const string Advice =
        "ICU is not installed, so cells have the invariant culture only: sorting, casing and formats of other cultures differ. Its package is called libicu or icu-libs.";

    private const string Variable = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    // as far back as the runtime itself goes, and some way ahead
    private const int Oldest = 50;
    private const int Newest = 120;

    private static readonly Lazy<bool> _isIcuFound = new(FindIcu);

    /// <summary>Gets whether the runtime would find ICU.</summary>
    public static bool IsIcuFound => _isIcuFound.Value;

    /// <summary>Sets the environment of a process that runs cells.</summary>
    public static void Set(IDictionary<string, string?> environment) => Set(environment, IsIcuFound);

    /// <summary>Sets the environment of a process that runs cells on a machine with or without ICU.</summary>
    internal static void Set(IDictionary<string, string?> environment, bool isIcuFound) => environment[Variable] = isIcuFound ? "0" : "1";

    private static bool FindIcu()
    {
        // these systems have it themselves
        if (!OperatingSystem.IsLinux())
            return true;
        if (Environment.GetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_APPLOCALICU") is { Length: > 0 })
            return true;
        for (var version = Newest; version >= Oldest; version--)
        {
            if (NativeLibrary.TryLoad($"libicuuc.so.{version}", out _))
                return NativeLibrary.TryLoad($"libicui18n.so.{version}", out _);
        }
        return NativeLibrary.TryLoad("libicuuc.so", out _) && NativeLibrary.TryLoad("libicui18n.so", out _);
    }
}
