using System.Globalization;
using System.Text.RegularExpressions;

namespace NotebookHost.Sessions;

/// <summary>Reports the progress of a package restore from the output of NuGet.</summary>
/// <param name="wanted">The packages that a cell references.</param>
/// <param name="time">The clock.</param>
internal sealed partial class RestoreProgress(IReadOnlyList<string> wanted, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();
    private readonly HashSet<string> _loading = new(StringComparer.OrdinalIgnoreCase);
    private int _installed;

    /// <summary>Gets the initial text.</summary>
    public string Title => $"Restoring {string.Join(", ", wanted)} …";

    /// <summary>Processes a line of NuGet's output.</summary>
    public void Add(string line)
    {
        lock (_gate)
        {
            if (Requested().Match(line) is { Success: true } requested)
            {
                _loading.Add($"{requested.Groups["name"].Value} {requested.Groups["version"].Value}");
            }
            else if (Installed().Match(line) is { Success: true } installed)
            {
                _loading.Remove($"{installed.Groups["name"].Value} {installed.Groups["version"].Value}");
                _installed++;
            }
        }
    }

    /// <summary>Returns a text with the packages, the elapsed time and the progress.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{Title} {time.GetElapsedTime(_started).TotalSeconds:0} s");
            if (_installed > 0)
                text += _installed == 1 ? ", 1 package installed" : $", {_installed} packages installed";
            // downloaded packages are kept
            return _loading.Count > 0 ? $"{text}; downloading once: {string.Join(", ", _loading.Order(StringComparer.OrdinalIgnoreCase))}" : text;
        }
    }

    [GeneratedRegex(@"^\s*GET \S*/(?<name>[^/\s]+)/(?<version>[^/\s]+)/[^/\s]+\.nupkg")]
    private static partial Regex Requested();

    [GeneratedRegex(@"^\s*Installed (?<name>\S+) (?<version>\S+) from ")]
    private static partial Regex Installed();
}
