using NotebookHost.Scripting;

namespace NotebookHost.Tests.Cli;

public sealed class SuggestionTests
{
    private static readonly string[] _names = ["run", "test", "export", "board"];

    [Theory]
    [InlineData("rnu", "run")]
    [InlineData("tset", "test")]
    [InlineData("exprt", "export")]
    [InlineData("bord", "board")]
    [InlineData("RUN", "run")]
    [InlineData("notebook", null)]
    [InlineData("x", null)]
    public void The_nearest_name_is_suggested_if_it_is_near(string name, string? suggestion) => Assert.Equal(suggestion, NearestName.Of(name, _names));
}
