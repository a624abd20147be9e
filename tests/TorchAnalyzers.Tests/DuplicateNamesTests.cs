using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.DuplicateNames>;

namespace TorchAnalyzers.Tests;

public sealed class DuplicateNamesTests
{
    [Theory]
    [InlineData("var s = Sequential((\"a\", Linear(2, 2)), ([|\"a\"|], Linear(2, 2)));")]
    [InlineData("var s = Sequential((\"a\", Linear(2, 2)), (\"b\", ReLU()), ([|\"a\"|], Linear(2, 2)));")]
    [InlineData("var s = Sequential(); for (var i = 0; i < 3; i++) { s.append(\"linear\" + i, Linear(2, 2)); s.append([|\"relu\"|], ReLU()); }")]
    [InlineData("var s = Sequential(); s.append(\"relu\", ReLU()); s.append([|\"relu\"|], ReLU());")]
    [InlineData("var s = Sequential().append(\"a\", ReLU()).append([|\"a\"|], ReLU());")]
    [InlineData("void Build(Sequential s) { s.append(\"relu\", ReLU()); s.append(\"b\", ReLU()); s.append([|\"relu\"|], ReLU()); }")]
    public Task Two_children_of_one_name_are_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("var s = Sequential((\"a\", Linear(2, 2)), (\"b\", Linear(2, 2)));")]
    [InlineData("var s = Sequential(Linear(2, 2), ReLU(), Linear(2, 2), ReLU());")]
    [InlineData("var s = Sequential((\"a\", Sequential((\"a\", Linear(2, 2)))), (\"b\", Sequential((\"a\", Linear(2, 2)))));")]
    [InlineData("var s = Sequential(); for (var i = 0; i < 3; i++) s.append($\"relu{i}\", ReLU());")]
    [InlineData("var s = Sequential(); for (var i = 0; i < 3; i++) s.append(ReLU());")]
    [InlineData("for (var i = 0; i < 3; i++) { var s = Sequential(); s.append(\"relu\", ReLU()); }")]
    [InlineData("var s = Sequential(); s.append(\"a\", ReLU()); s = Sequential(); s.append(\"a\", ReLU());")]
    [InlineData("var s = Sequential(); var t = Sequential(); s.append(\"a\", ReLU()); t.append(\"a\", ReLU());")]
    [InlineData("var s = Sequential(); if (s.Count > 0) s.append(\"a\", ReLU()); else s.append(\"a\", Linear(2, 2));")]
    [InlineData("var s = Sequential(); for (var i = 0; i < 3; i++) { if (i == 2) s.append(\"last\", ReLU()); }")]
    [InlineData("var pairs = new[] { (\"a\", 1), (\"a\", 2) };")]
    [InlineData("var s = new System.Text.StringBuilder(); s.Append(\"a\"); s.Append(\"a\");")]
    [InlineData("var s = Sequential((\"a\", Linear(2, 2)), (\"A\", Linear(2, 2)));")]
    public Task Names_of_their_own_are_not(string source) => Check.IsSilentAsync(source);
}
