using System.Runtime.InteropServices;

namespace NotebookHost.Sessions;

/// <summary>
/// The cultures of cells: all cultures if ICU is found, otherwise only the invariant culture. This program always uses the invariant culture, so that its
/// files do not depend on the user's culture and so that it starts without ICU.
/// </summary>
internal static class Cultures
{
    /// <summary>The message for machines without ICU.</summary>
    public const string Advice =
        "ICU is not installed, so cells use only the invariant culture: sorting, casing and formats of other cultures differ. The package is named libicu or icu-libs.";

    private const string Variable = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    // the versions that the runtime supports, and some later versions
    private const int Oldest = 50;
    private const int Newest = 120;

    private static readonly Lazy<bool> _isIcuFound = new(FindIcu);

    /// <summary>Gets a value that indicates whether the runtime finds ICU.</summary>
    public static bool IsIcuFound => _isIcuFound.Value;

    /// <summary>Sets the environment of a process that runs cells.</summary>
    public static void Set(IDictionary<string, string?> environment) => Set(environment, IsIcuFound);

    /// <summary>Sets the environment of a process that runs cells on a machine with or without ICU.</summary>
    internal static void Set(IDictionary<string, string?> environment, bool isIcuFound) => environment[Variable] = isIcuFound ? "0" : "1";

    private static bool FindIcu()
    {
        // these systems include ICU
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
