using System.Globalization;

namespace BoardHost;

/// <summary>Finds the runs to show without a given folder, in the default folders of <c>SummaryWriter</c> and the chapters.</summary>
internal static class BoardFolder
{
    /// <summary>The folder that is shown if no runs are found; it may be created later.</summary>
    public const string Default = "runs";

    // by default, the chapters write to a temporary folder with this name
    private const string Temporary = "runs-*";
    private const string EventFiles = "*tfevents*";

    private static readonly EnumerationOptions _everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    /// <summary>Returns the folder to show.</summary>
    /// <param name="here">The current folder.</param>
    /// <param name="temporary">The folder of temporary files.</param>
    /// <param name="report">A function that receives a line for each searched folder.</param>
    public static string Find(string here, string temporary, Action<string> report)
    {
        report("No folder was specified. Searched for TensorBoard files in:");
        foreach (var name in (string[])[Default, Path.Combine("notebooks", Default)])
        {
            var hasRuns = Newest(Path.Combine(here, name)) is not null;
            report($"  {name}: {(hasRuns ? "found" : Directory.Exists(Path.Combine(here, name)) ? "none found" : "does not exist")}");
            if (hasRuns)
                return name;
        }
        var folders = Directory.EnumerateDirectories(temporary, Temporary, new EnumerationOptions { IgnoreInaccessible = true })
            .Select(folder => (Folder: folder, Time: Newest(folder))).Where(found => found.Time is not null).OrderByDescending(found => found.Time).ToList();
        var pattern = Path.Combine(temporary, Temporary);
        if (folders is [var (newest, time), ..])
        {
            report(string.Create(CultureInfo.InvariantCulture, $"  {pattern}: {folders.Count} found; the newest is shown, written {time!.Value.ToLocalTime():yyyy-MM-dd HH:mm}"));
            return newest;
        }
        report($"  {pattern}: none found");
        report($"Waiting for files in {Default}; use nb board FOLDER to show another folder.");
        return Default;
    }

    private static DateTime? Newest(string folder) => !Directory.Exists(folder)
        ? null
        : Directory.EnumerateFiles(folder, EventFiles, _everything).Select(file => (DateTime?)File.GetLastWriteTimeUtc(file)).Max();
}
