namespace NotebookHost.Notebooks;

/// <summary>A language of prose.</summary>
/// <param name="Tag">The BCP 47 tag, as used in metadata and html.</param>
/// <param name="Name">The name of the language in that language.</param>
public sealed record ReadingLanguage(string Tag, string Name)
{
    /// <summary>Gets the language that notebooks are written in.</summary>
    public static ReadingLanguage English { get; } = new("en", "English");

    /// <summary>Gets Chinese in simplified characters.</summary>
    public static ReadingLanguage Chinese { get; } = new("zh-CN", "中文");

    /// <summary>Gets all supported languages; the language that notebooks are written in is the first.</summary>
    public static IReadOnlyList<ReadingLanguage> All { get; } = [English, Chinese];

    /// <summary>Gets the tag without its region, such as "zh".</summary>
    public string Code => Tag.Split('-')[0];

    /// <summary>Returns the language of a tag, with or without its region; null if the language is not supported.</summary>
    public static ReadingLanguage? Find(string tag) => All.FirstOrDefault(language =>
        string.Equals(language.Tag, tag, StringComparison.OrdinalIgnoreCase) || string.Equals(language.Code, tag, StringComparison.OrdinalIgnoreCase));
}
