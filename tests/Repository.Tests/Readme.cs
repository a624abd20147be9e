using System.Text.RegularExpressions;

namespace Repository.Tests;

/// <summary>The commands of a document.</summary>
internal static partial class Readme
{
    /// <summary>Returns the commands of the block that has a certain one, without their comments.</summary>
    public static IReadOnlyList<string> Commands(string document, string known) =>
        [.. Blocks(document).Single(block => block.Contains(known))];

    /// <summary>Returns the commands of each block.</summary>
    public static IEnumerable<IReadOnlyList<string>> Blocks(string document) =>
        from block in Block().Matches(Checkout.Read(document))
        select block.Groups["commands"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Comment().Replace(line, "")).ToList();

    [GeneratedRegex(@"^```sh\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(" +#.*$")]
    private static partial Regex Comment();
}
