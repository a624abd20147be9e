using NotebookHost.Language;
using NotebookHost.Sessions;

namespace NotebookHost.Tests.Language;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("1 + 1", "complete")]
    [InlineData("var x = 1;", "complete")]
    [InlineData("", "complete")]
    [InlineData("#!time\nvar x = 1;", "complete")]
    [InlineData("for (var i = 0; i < 3; i++)\n{", "incomplete")]
    [InlineData("f(1,", "incomplete")]
    [InlineData("/* open", "incomplete")]
    [InlineData("var = = 3;", "invalid")]
    [InlineData("}", "invalid")]
    public void A_text_is_known_to_be_complete_or_not(string code, string expected)
        => Assert.Equal(expected, CellText.Completeness(code, Submissions.Dialect));

    [Theory]
    [InlineData("if (x)\n{", "    ")]
    [InlineData("    while (true)\n    {\n        a();", "        ")]
    [InlineData("f(", "    ")]
    public void The_next_line_is_indented_like_its_block(string code, string expected)
        => Assert.Equal(expected, CellText.NextIndent(code));

    [Theory]
    [InlineData("abc", 2, 2)]
    [InlineData("😀bc", 1, 2)]
    [InlineData("😀bc", 2, 3)]
    [InlineData("a😀", 9, 3)]
    public void Positions_count_characters_as_readers_do(string text, int codePoints, int index)
    {
        Assert.Equal(index, CodePoints.ToIndex(text, codePoints));
        Assert.Equal(Math.Min(codePoints, 2), CodePoints.FromIndex(text, index));
    }
}
