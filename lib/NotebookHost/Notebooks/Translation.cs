using System.Text.Json.Nodes;

namespace NotebookHost.Notebooks;

/// <summary>
/// Translations of Markdown cells, which are stored in the metadata of the cells:
/// <c>"translations": {"zh-CN": [lines as in "source"]}</c>. Code is the same in all languages, except the texts in its figures: see <see cref="CodeTranslation"/>.
/// </summary>
internal static class Translation
{
    /// <summary>The name of the member in the metadata of a cell.</summary>
    public const string Member = "translations";

    /// <summary>Returns the text of a cell in a language; null if it has no translation.</summary>
    public static string? Of(NotebookCell cell, ReadingLanguage language) => MultilineText.Join(Entries(cell)?[language.Tag]);

    /// <summary>Returns all translations of a cell.</summary>
    public static IEnumerable<string> All(NotebookCell cell)
        => (Entries(cell) ?? []).Select(entry => MultilineText.Join(entry.Value)).OfType<string>();

    /// <summary>Returns the languages of a notebook: the language that it is written in, then the languages of its translations.</summary>
    public static IReadOnlyList<ReadingLanguage> LanguagesOf(NotebookDocument document)
        => [.. ReadingLanguage.All.Where(language => language == ReadingLanguage.English || document.Cells.Any(cell => Of(cell, language) is not null))];

    /// <summary>Returns a copy of a notebook in one language. Cells without a translation keep their text.</summary>
    public static NotebookDocument Of(NotebookDocument document, ReadingLanguage language)
    {
        var copy = NotebookDocument.Parse(document.ToJson());
        CodeTranslation.Apply(copy, language);
        foreach (var cell in copy.Cells)
        {
            if (Of(cell, language) is { } text)
                cell.Source = text;
            cell.Metadata.Remove(Member);
        }
        copy.Metadata.Remove(Member);
        return copy;
    }

    /// <summary>Splits translations into lines in the same way as "source".</summary>
    public static void SplitLines(NotebookCell cell)
    {
        if (Entries(cell) is not { } entries)
            return;
        foreach (var (tag, value) in entries.ToList())
        {
            // nb check reports other values
            if (value is JsonArray && !MultilineText.LacksLineBreaks(value) && MultilineText.Join(value) is { } text)
                entries[tag] = MultilineText.Split(text);
        }
    }

    /// <summary>Returns whether the lines of a translation are stored without their line breaks.</summary>
    public static bool LackLineBreaks(NotebookCell cell) => (Entries(cell) ?? []).Any(entry => MultilineText.LacksLineBreaks(entry.Value));

    private static JsonObject? Entries(NotebookCell cell) => cell.Kind == CellKind.Markdown ? cell.Metadata[Member] as JsonObject : null;
}
