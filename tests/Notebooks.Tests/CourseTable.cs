using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Notebooks.Tests;

/// <summary>The table of chapters in docs/chapters.md: numbers, files and titles, also of chapters that are not written yet.</summary>
internal static partial class CourseTable
{
    public static string Root { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(Root, "notebooks");

    public static IReadOnlyList<Entry> Entries { get; } =
        [.. RowPattern().Matches(File.ReadAllText(Path.Combine(Root, "docs", "chapters.md")))
            .Select(row => new Entry(row.Groups["number"].Value, row.Groups["file"].Value, row.Groups["title"].Value))];

    /// <summary>The chapters that are written, by file name.</summary>
    public static IReadOnlyList<string> Written { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static Entry Of(string file)
        => Entries.FirstOrDefault(entry => entry.File == file)
            ?? throw new InvalidOperationException($"{file} is not in the table of docs/chapters.md; its name, or the table, is wrong.");

    /// <summary>The entry so many places behind; null where there is none.</summary>
    public static Entry? Beside(Entry entry, int places)
        => Entries.ElementAtOrDefault(Entries.ToList().IndexOf(entry) + places);

    private static string FindRoot([CallerFilePath] string here = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex(@"^\| (?<number>\d\d) \| (?<file>\d\d-[a-z0-9-]+\.ipynb) \| (?<title>[^|]+?) \|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    /// <param name="Number">Two digits.</param>
    /// <param name="File">The notebook's file name.</param>
    /// <param name="Title">Without the number and the Chinese title.</param>
    internal sealed record Entry(string Number, string File, string Title)
    {
        public string Link => $"[{Number} · {Title}]({File})";
    }
}
