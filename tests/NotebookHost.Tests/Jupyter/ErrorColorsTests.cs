using System.Text.RegularExpressions;
using NotebookHost.Jupyter;

namespace NotebookHost.Tests.Jupyter;

public sealed class ErrorColorsTests
{
    [Theory]
    [InlineData("System.FormatException: no", "\u001b[1;31mSystem.FormatException\u001b[0m: no")]
    [InlineData(" ---> System.Exception: inner", " ---> \u001b[1;31mSystem.Exception\u001b[0m: inner")]
    [InlineData("cell 3, line 2: error CS0103: The name 'x'", "\u001b[36mcell 3, line 2\u001b[0m: \u001b[1;31merror CS0103\u001b[0m: The name 'x'")]
    [InlineData("cell 3, line 2: error: no such package", "\u001b[36mcell 3, line 2\u001b[0m: \u001b[1;31merror\u001b[0m: no such package")]
    [InlineData("   at F in cell 3, line 2", "   at F in \u001b[36mcell 3, line 2\u001b[0m")]
    [InlineData("    ^", "    \u001b[31m^\u001b[0m")]
    [InlineData("The cell was interrupted", "\u001b[31mThe cell was interrupted\u001b[0m")]
    public void Names_places_and_carets_have_colors(string line, string colored)
        => Assert.Equal(colored, ErrorColors.Apply([line]).Single());

    [Theory]
    [InlineData("the user's message: with a colon")]
    [InlineData("    x.y")]
    public void Other_lines_stay_as_they_are(string line)
        => Assert.Equal(line, ErrorColors.Apply(["first", line]).Last());

    [Fact]
    public void The_text_is_unchanged()
    {
        string[] lines = ["System.AggregateException: a (b)", "   at F in cell 1, line 2", "cell 1, line 1: error CS1002: ; expected", "\t^"];

        Assert.Equal(lines, ErrorColors.Apply(lines).Select(line => Regex.Replace(line, "\u001b\\[[\\d;]*m", "")));
    }
}
