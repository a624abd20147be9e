using NotebookHost.Sessions;

namespace NotebookHost.Tests;

public sealed class OutputLimitTests
{
    [Fact]
    public void Text_passes_up_to_the_limit_and_the_notice_ends_it()
    {
        var limit = new OutputLimit(5, "…");

        Assert.Equal(["abc", "de", "…", "", ""], new[] { "abc", "de", "f", "g", "" }.Select(limit.Take));
    }

    [Fact]
    public void The_text_that_reaches_the_limit_is_divided()
        => Assert.Equal("ab…", new OutputLimit(2, "…").Take("abcdef"));

    [Fact]
    public void A_character_of_two_parts_is_not_divided()
        => Assert.Equal("a…", new OutputLimit(2, "…").Take("a😀"));

    [Fact]
    public void What_cannot_be_divided_is_refused_and_the_notice_comes_once()
    {
        var limit = new OutputLimit(5, "…");
        var notices = new List<string>();

        Assert.Equal([true, false, false], new long[] { 3, 4, 1 }.Select(length => limit.TryTake(length, notices.Add)));
        Assert.Equal(["…"], notices);
    }
}
