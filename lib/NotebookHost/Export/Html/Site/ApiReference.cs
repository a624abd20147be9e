using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace NotebookHost.Export.Html.Site;

/// <summary>
/// The API reference of a site: pages that docfx, a tool of the repository's manifest, makes of the libraries and their XML documentation. Its settings are
/// docs/api/docfx.json.
/// </summary>
internal static class ApiReference
{
    /// <summary>The folder of its pages, below the site's.</summary>
    public const string Folder = "api";

    private const string Settings = "docs/api/docfx.json";

    /// <summary>Returns whether a site has one.</summary>
    public static bool IsIn(string site) => File.Exists(Path.Combine(site, Folder, PageList.IndexName));

    /// <summary>Makes the reference. Its output is passed on.</summary>
    /// <param name="root">The folder of the repository.</param>
    /// <param name="site">The folder of the site.</param>
    /// <returns>Why there is none; null where there is.</returns>
    public static string? Write(string root, string site)
    {
        if (!File.Exists(Path.Combine(root, Settings)))
            return $"there is no {Settings} in {root}";
        return Run(root, "tool", "restore") ?? Run(root, "docfx", Settings, "--output", Path.Combine(Path.GetFullPath(site), Folder), "--logLevel", "error") ?? Shrink(site);
    }

    /// <summary>Adds its pages to a search index.</summary>
    /// <param name="site">The folder of the site.</param>
    /// <param name="index">The index.</param>
    /// <param name="top">The way from the pages that search to the site's folder.</param>
    public static void AddTo(string site, SearchIndex index, string top)
    {
        var file = Path.Combine(site, Folder, "index.json");
        if (!File.Exists(file) || JsonNode.Parse(File.ReadAllText(file)) is not JsonObject pages)
            return;
        foreach (var (_, page) in pages)
        {
            if ((string?)page?["href"] is { } address && (string?)page["title"] is { } title)
                index.Add($"{top}{Folder}/{address}", WebUtility.HtmlDecode(title), WebUtility.HtmlDecode((string?)page["summary"] ?? (string?)page["keywords"] ?? ""));
        }
    }

    private static string? Run(string root, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"dotnet {string.Join(' ', arguments.Take(2))} ended with exit code {process.ExitCode}";
        }
        catch (Win32Exception error)
        {
            return $"dotnet cannot be started: {error.Message}";
        }
    }

    // debuggers' maps are most of what docfx writes
    private static string? Shrink(string site)
    {
        foreach (var map in Directory.EnumerateFiles(Path.Combine(site, Folder), "*.map", SearchOption.AllDirectories))
            File.Delete(map);
        return null;
    }
}
