using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Checks;

internal sealed partial class SchemaRules
{
    private const string Translations = $"metadata.{Translation.Member}";

    private void CheckTranslations(JsonObject cell, JsonNode? node, string place)
    {
        if (AsString(cell["cell_type"]) != "markdown")
        {
            Report(place, $"'{Translations}' belongs on markdown cells: code is shared by all languages");
            return;
        }
        if (node is not JsonObject entries)
        {
            Report(place, $"'{Translations}' is not an object such as {{\"{ReadingLanguage.Chinese.Tag}\": [\"…\"]}}");
            return;
        }
        foreach (var (tag, lines) in entries)
        {
            if (!Known().Contains(tag, StringComparer.Ordinal))
                Report(place, $"'{Translations}' has the unknown language '{tag}'; known are {string.Join(", ", Known())}");
            if (lines is not JsonArray array || !array.All(IsString))
                Report(place, $"'{Translations}.{tag}' is not a list of strings");
        }
    }

    private static IEnumerable<string> Known()
        => ReadingLanguage.All.Where(language => language != ReadingLanguage.English).Select(language => language.Tag);
}
