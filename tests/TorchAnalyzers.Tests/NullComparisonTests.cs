using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.NullComparison>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.NullComparison, TorchAnalyzers.Fixes.NullComparisonFix>;

namespace TorchAnalyzers.Tests;

public sealed class NullComparisonTests
{
    [Theory]
    [InlineData("Tensor t = null; if ((bool)([|t == null|])) return;")]
    [InlineData("var t = rand(2); var b = [|t != null|];")]
    [InlineData("Tensor t = null; var b = [|null == t|];")]
    [InlineData("bool Has(Tensor t) => (bool)([|t != null|]);")]
    public Task An_elementwise_comparison_with_null_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("Tensor t = null; if (t is null) return;")]
    [InlineData("Tensor t = rand(2); var b = t is not null;")]
    [InlineData("Tensor t = rand(2); var b = t == 1;")]
    [InlineData("Tensor t = rand(2), u = rand(2); var b = t == u;")]
    [InlineData("string s = null; var b = s == null;")]
    [InlineData("Linear l = null; var b = l == null;")]
    [InlineData("Tensor t = null; var b = (object)t == null;")]
    [InlineData("Tensor t = null; var b = ReferenceEquals(t, null);")]
    [InlineData("Tensor t = rand(2); var u = t ?? rand(1);")]
    public Task Patterns_and_other_comparisons_are_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("Tensor t = null; if ((bool)([|t == null|])) return;", "Tensor t = null; if ((bool)(t is null)) return;")]
    [InlineData("var t = rand(2); var b = [|null != t|];", "var t = rand(2); var b = t is not null;")]
    public Task The_fix_writes_a_pattern(string source, string expected) => Fix.FixesAsync(source, expected);
}
