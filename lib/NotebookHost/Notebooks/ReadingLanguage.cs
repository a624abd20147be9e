namespace NotebookHost.Notebooks;

/// <summary>A language that prose is read in.</summary>
/// <param name="Tag">Its BCP 47 tag, as metadata and html name it.</param>
/// <param name="Name">What it calls itself.</param>
public sealed record ReadingLanguage(string Tag, string Name)
{
    /// <summary>What notebooks are written in.</summary>
    public static ReadingLanguage English { get; } = new("en", "English");

    /// <summary>Chinese in simplified characters.</summary>
    public static ReadingLanguage Chinese { get; } = new("zh-CN", "中文");

    /// <summary>All languages that are known, the one that notebooks are written in first.</summary>
    public static IReadOnlyList<ReadingLanguage> All { get; } = [English, Chinese];

    /// <summary>The tag without its region, such as "zh".</summary>
    public string Code => Tag.Split('-')[0];

    /// <summary>The language of a tag, with or without its region; null when it is not known.</summary>
    public static ReadingLanguage? Find(string tag) => All.FirstOrDefault(language =>
        string.Equals(language.Tag, tag, StringComparison.OrdinalIgnoreCase) || string.Equals(language.Code, tag, StringComparison.OrdinalIgnoreCase));
}
