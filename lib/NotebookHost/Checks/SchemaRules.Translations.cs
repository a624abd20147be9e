using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Checks;

internal sealed partial class SchemaRules
{
    private const string Translations = $"metadata.{Translation.Member}";

    private void CheckTranslations(JsonObject cell, JsonNode? node, string place)
    {
        var isCode = AsString(cell["cell_type"]) == "code";
        if (!isCode && AsString(cell["cell_type"]) != "markdown")
        {
            Report(place, $"'{Translations}' is valid only in markdown and code cells");
            return;
        }
        if (node is not JsonObject entries)
        {
            Report(place, $"'{Translations}' is not an object such as {{\"{ReadingLanguage.Chinese.Tag}\": {(isCode ? "{\"text\": \"…\"}" : "[\"…\"]")}}}");
            return;
        }
        foreach (var (tag, texts) in entries)
        {
            if (!Known().Contains(tag, StringComparer.Ordinal))
                Report(place, $"'{Translations}' has the unknown language '{tag}'; known languages: {string.Join(", ", Known())}");
            if (isCode)
                CheckTexts(cell, texts, $"{Translations}.{tag}", place);
            else if (texts is not JsonArray array || !array.All(IsString))
                Report(place, $"'{Translations}.{tag}' is not a list of strings");
        }
    }

    // the metadata of a notebook translate texts that a library writes to figures
    private void CheckTranslations(JsonNode? node)
    {
        if (node is not JsonObject entries || !entries.All(entry => entry.Value is JsonObject texts && texts.All(text => IsString(text.Value))))
        {
            Report(null, $"'{Translations}' is not an object such as {{\"{ReadingLanguage.Chinese.Tag}\": {{\"text\": \"…\"}}}} with texts of figures that are not in a cell");
            return;
        }
        foreach (var tag in entries.Select(entry => entry.Key).Except(Known(), StringComparer.Ordinal))
            Report(null, $"'{Translations}' has the unknown language '{tag}'; known languages: {string.Join(", ", Known())}");
    }

    private void CheckTexts(JsonObject cell, JsonNode? node, string member, string place)
    {
        if (node is not JsonObject texts || !texts.All(entry => IsString(entry.Value)))
        {
            Report(place, $"'{member}' is not an object such as {{\"text\": \"…\"}}; in a code cell, it translates the texts of figures");
            return;
        }
        foreach (var (text, _) in texts)
        {
            if (!CodeTranslation.IsLiteral(MultilineText.Join(cell["source"]) ?? "", text))
                Report(place, $"'{member}' translates \"{text}\", which is not a string literal of the cell");
        }
    }

    private static IEnumerable<string> Known()
        => ReadingLanguage.All.Where(language => language != ReadingLanguage.English).Select(language => language.Tag);
}
