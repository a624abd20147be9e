using NotebookHost.Cli;

namespace NotebookHost.Tests.Cli;

public sealed class SuggestionTests
{
    private static readonly string[] _names = ["run", "test", "export", "board"];

    [Theory]
    [InlineData("tset", " Did you mean test?")]
    [InlineData("exprt", " Did you mean export?")]
    [InlineData("bord", " Did you mean board?")]
    [InlineData("notebook", "")]
    public void The_nearest_name_is_suggested_if_it_is_near(string name, string suggestion) => Assert.Equal(suggestion, Suggestion.For(name, _names));
}
