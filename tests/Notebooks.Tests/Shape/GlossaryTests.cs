using System.Text.RegularExpressions;

namespace Notebooks.Tests.Shape;

/// <summary>The terms of docs/glossary.md.</summary>
public sealed partial class GlossaryTests
{
    [Fact]
    public void The_chapters_of_a_term_use_it()
    {
        var texts = CourseTable.Entries.Where(entry => CourseTable.Written.Contains(entry.File, StringComparer.Ordinal)).ToDictionary(
            entry => entry.Number,
            entry => string.Concat(TranslationTests.Prose(entry.File).Select(cell => cell.Chinese)),
            StringComparer.Ordinal);
        var rows = RowPattern().Matches(File.ReadAllText(Path.Combine(CourseTable.Root, "docs", "glossary.md")));
        Assert.NotEmpty(rows);
        Assert.Empty(
            from row in rows
            let terms = row.Groups["chinese"].Value.Split('，').Select(term => term.Split('（')[0])
            from chapter in row.Groups["chapters"].Value.Split(", ")
            where !terms.Any(term => texts[chapter].Contains(term, StringComparison.Ordinal))
            select $"{row.Groups["english"].Value}: {chapter}");
    }

    [GeneratedRegex(@"^\| (?<english>.+?) \| (?<chinese>.+?) \| (?<chapters>\d\d(, \d\d)*) \|$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
