namespace NotebookHost.Notebooks;

/// <summary>A language that prose is read in.</summary>
/// <param name="Tag">The BCP 47 tag, as used in metadata and html.</param>
/// <param name="Name">The name of the language in that language.</param>
public sealed record ReadingLanguage(string Tag, string Name)
{
    /// <summary>Gets the language that notebooks are written in.</summary>
    public static ReadingLanguage English { get; } = new("en", "English");

    /// <summary>Chinese in simplified characters.</summary>
    public static ReadingLanguage Chinese { get; } = new("zh-CN", "中文");

    /// <summary>Gets all languages that are known, the one that notebooks are written in first.</summary>
    public static IReadOnlyList<ReadingLanguage> All { get; } = [English, Chinese];

    /// <summary>Gets the tag without its region, such as "zh".</summary>
    public string Code => Tag.Split('-')[0];

    /// <summary>Returns the language of a tag, with or without its region; null when it is not known.</summary>
    public static ReadingLanguage? Find(string tag) => All.FirstOrDefault(language =>
        string.Equals(language.Tag, tag, StringComparison.OrdinalIgnoreCase) || string.Equals(language.Code, tag, StringComparison.OrdinalIgnoreCase));
}
