using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookHost.Checks.Compilation;
using NotebookHost.Notebooks;

namespace NotebookHost.Checks;

/// <summary>Rules about content that a shared notebook should not contain: absolute paths and errors.</summary>
internal sealed partial class ContentRules(string repositoryRoot)
{
    /// <summary>The problem of a cell whose lines are stored without their line breaks.</summary>
    public const string MissingLineBreaks = "its lines are stored without line breaks and form one line; end each line except the last with \\n";

    public IEnumerable<Problem> Check(NotebookDocument document)
    {
        foreach (var (cell, place) in CellLocation.All(document))
        {
            if (cell.LacksLineBreaks)
                yield return new Problem(place, MissingLineBreaks);
            foreach (var path in Translation.All(cell).Prepend(cell.Source).SelectMany(MachinePaths).Distinct(StringComparer.Ordinal))
                yield return new Problem(place, $"'{path}' is a path on this machine; write it relative to the notebook");
            if (cell.Kind != CellKind.Code)
                continue;
            foreach (var path in Strings(cell.Outputs).SelectMany(MachinePaths).Distinct(StringComparer.Ordinal))
                yield return new Problem(place, $"its output contains '{path}', a path on this machine; nb strip removes outputs");
            foreach (var what in cell.Outputs.OfType<JsonObject>().Select(output => output["data"]).OfType<JsonObject>().Select(CommittedForm.Unshown))
            {
                if (what is not null)
                    yield return new Problem(place, $"its output contains {what}, which GitHub does not show; nb run --save writes outputs that GitHub shows");
            }
            foreach (var output in cell.Outputs.OfType<JsonObject>())
            {
                if (MultilineText.Join(output["output_type"]) != "error" || cell.HasTag(CellChain.ExpectedErrorTag))
                    continue;
                var name = MultilineText.Join(output["ename"]);
                yield return new Problem(
                    place, $"its output is the error {name}; fix the cell and run it again, or add the tag {CellChain.ExpectedErrorTag}");
            }
        }
    }

    private IEnumerable<string> MachinePaths(string text)
    {
        foreach (Match match in HomePath().Matches(text))
            yield return match.Value;
        if (repositoryRoot.Length > 1 && !HomePath().IsMatch(repositoryRoot) && text.Contains(repositoryRoot, StringComparison.Ordinal))
            yield return repositoryRoot;
    }

    // the base64 text of an image may contain any text
    private static IEnumerable<string> Strings(JsonNode? node, string name = "") => node switch
    {
        JsonObject members => members.SelectMany(member => Strings(member.Value, member.Key)),
        JsonArray items when MultilineText.Join(items) is { } text => Strings((JsonNode)text, name),
        JsonArray items => items.SelectMany(item => Strings(item, name)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && !IsEncodedImage(name) => [value.GetValue<string>()],
        _ => [],
    };

    private static bool IsEncodedImage(string mimeType)
        => mimeType.StartsWith("image/", StringComparison.Ordinal) && mimeType != "image/svg+xml";

    [GeneratedRegex(
        @"(?<![\w.\-~}<])(/home/[\w.\-]+|/Users/[\w.\-]+|/root(?![\w.\-]))[\w.\-/]*"
        + @"|\b[A-Za-z]:(\\{1,2}|/)Users(\\{1,2}|/)[\w.\-]+")]
    private static partial Regex HomePath();
}
