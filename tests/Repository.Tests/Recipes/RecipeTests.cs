namespace Repository.Tests.Recipes;

/// <summary>The recipes of CONTRIBUTING.md, carried out.</summary>
public sealed class RecipeTests(CopiedRepository copy) : IClassFixture<CopiedRepository>
{
    public static TheoryData<string> Titles => [.. Recipe.All.Select(recipe => recipe.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task It_ends_in_a_test_that_passes(string title)
    {
        var recipe = Recipe.All.Single(recipe => recipe.Title == title);
        var output = await copy.RunAsync(await HasPyTorch() ? recipe.Commands : WithoutPyTorch(recipe.Commands));

        Assert.Matches(@"Passed!  - Failed: +0, Passed: +[1-9]", output);
    }

    private async Task<bool> HasPyTorch() => (await copy.RunAsync("/usr/bin/python3 -c 'import torch' 2>/dev/null && echo yes || true")).Length > 0;

    private string WithoutPyTorch(string commands)
    {
        var lines = commands.Split('\n').ToLookup(line => line.Contains("/usr/bin/python3", StringComparison.Ordinal));
        foreach (var line in lines[true])
            copy.AddAnswers(line.Split("> ")[1].TrimEnd(')'));
        return string.Join('\n', lines[false]);
    }
}
