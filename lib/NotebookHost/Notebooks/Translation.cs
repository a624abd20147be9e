using System.Text.Json.Nodes;

namespace NotebookHost.Notebooks;

/// <summary>
/// Prose in further languages, which markdown cells carry in their metadata so that it stays beside what it translates:
/// <c>"translations": {"zh-CN": [lines as in "source"]}</c>. Code is shared by all languages, but for the texts in its figures: <see cref="CodeTranslation"/>.
/// </summary>
internal static class Translation
{
    /// <summary>The member of a cell's metadata.</summary>
    public const string Member = "translations";

    /// <summary>Returns a cell's text in a language; null where it has none.</summary>
    public static string? Of(NotebookCell cell, ReadingLanguage language) => MultilineText.Join(Entries(cell)?[language.Tag]);

    /// <summary>Returns all of a cell's texts in further languages.</summary>
    public static IEnumerable<string> All(NotebookCell cell)
        => (Entries(cell) ?? []).Select(entry => MultilineText.Join(entry.Value)).OfType<string>();

    /// <summary>Returns the languages that a notebook can be read in: the one that it is written in, then those of its translations.</summary>
    public static IReadOnlyList<ReadingLanguage> LanguagesOf(NotebookDocument document)
        => [.. ReadingLanguage.All.Where(language => language == ReadingLanguage.English || document.Cells.Any(cell => Of(cell, language) is not null))];

    /// <summary>Returns a copy of a notebook in one language alone. Cells without a text in it stay as they are.</summary>
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

    /// <summary>Splits texts into lines as "source" is split.</summary>
    public static void SplitLines(NotebookCell cell)
    {
        if (Entries(cell) is not { } entries)
            return;
        foreach (var (tag, value) in entries.ToList())
        {
            // anything else is left for nb check to name
            if (value is JsonArray && !MultilineText.IsRunTogether(value) && MultilineText.Join(value) is { } text)
                entries[tag] = MultilineText.Split(text);
        }
    }

    /// <summary>Returns whether lines of a translation are stored without their line ends.</summary>
    public static bool AreRunTogether(NotebookCell cell) => (Entries(cell) ?? []).Any(entry => MultilineText.IsRunTogether(entry.Value));

    private static JsonObject? Entries(NotebookCell cell) => cell.Kind == CellKind.Markdown ? cell.Metadata[Member] as JsonObject : null;
}
