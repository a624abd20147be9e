using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NotebookHost.Sessions;

/// <summary>Describes the differences between a request and NuGet's result, one line each.</summary>
internal static partial class RestoreWarnings
{
    /// <summary>
    /// Returns the referenced packages whose requested version does not exist, with the version that is used instead. Dependencies of packages
    /// are not included.
    /// </summary>
    public static IReadOnlyList<string> OtherVersions(JsonObject assets, PackageRequest request)
        => [.. Messages(assets, "NU1603")
            .Select(message => (Message: message, Match: OtherVersion().Match(message)))
            .Where(warning => !warning.Match.Success || request.Packages.ContainsKey(warning.Match.Groups["name"].Value))
            .Select(warning => warning.Match is { Success: true } match
                ? $"no feed has {match.Groups["name"].Value} {match.Groups["wanted"].Value}; {match.Groups["taken"].Value} is used instead"
                : warning.Message)
            .Distinct()];

    /// <summary>Returns the feeds that could not be reached when the packages were restored.</summary>
    /// <param name="path">The file project.assets.json.</param>
    public static IReadOnlyList<string> PassedOver(string path)
        => JsonNode.Parse(File.ReadAllText(path)) is not JsonObject assets ? [] : [.. Messages(assets, "NU1801")
            .Select(message => Feed().Match(message) is { Success: true } match
                ? $"the feed {match.Groups["feed"].Value} cannot be reached and is skipped"
                : message)
            .Distinct()];

    private static IEnumerable<string> Messages(JsonObject assets, string code)
        => (assets["logs"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(entry => (string?)entry["code"] == code)
            .Select(entry => (string?)entry["message"] ?? "");

    [GeneratedRegex(@"depends on (?<name>\S+) \(>=? ?(?<wanted>[^)]+)\) but .*? was not found\. (.* of )?\S+ (?<taken>\S+) was resolved")]
    private static partial Regex OtherVersion();

    [GeneratedRegex(@"source '?(?<feed>[^'\s]+?)'?(\.$|\.\s| doesn't exist)")]
    private static partial Regex Feed();
}
