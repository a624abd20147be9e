using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace NotebookHost.Export.Html.Site;

/// <summary>
/// The API reference of a site: pages that docfx, a tool in the repository's manifest, creates from the libraries and their XML documentation. The settings are in
/// docs/api/docfx.json.
/// </summary>
internal static class ApiReference
{
    /// <summary>The subfolder of its pages in the folder of the site.</summary>
    public const string Folder = "api";

    private const string Settings = "docs/api/docfx.json";

    /// <summary>Returns whether a site has an API reference.</summary>
    public static bool IsIn(string site) => File.Exists(Path.Combine(site, Folder, PageList.IndexName));

    /// <summary>Creates the reference. The output of docfx is shown.</summary>
    /// <param name="root">The folder of the repository.</param>
    /// <param name="site">The folder of the site.</param>
    /// <returns>The reason of a failure; null on success.</returns>
    public static string? Write(string root, string site)
    {
        if (!File.Exists(Path.Combine(root, Settings)))
            return $"there is no {Settings} in {root}";
        return Run(root, "tool", "restore") ?? Run(root, "docfx", Settings, "--output", Path.Combine(Path.GetFullPath(site), Folder), "--logLevel", "error") ?? Shrink(site);
    }

    /// <summary>Adds its pages to a search index.</summary>
    /// <param name="site">The folder of the site.</param>
    /// <param name="index">The index.</param>
    /// <param name="top">The relative path from pages with the search to the folder of the site.</param>
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

    // source maps are most of the output of docfx
    private static string? Shrink(string site)
    {
        foreach (var map in Directory.EnumerateFiles(Path.Combine(site, Folder), "*.map", SearchOption.AllDirectories))
            File.Delete(map);
        return null;
    }
}
