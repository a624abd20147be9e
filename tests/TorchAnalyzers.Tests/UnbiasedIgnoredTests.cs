using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.UnbiasedIgnored>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.UnbiasedIgnored, TorchAnalyzers.Fixes.UnbiasedIgnoredFix>;

namespace TorchAnalyzers.Tests;

public sealed class UnbiasedIgnoredTests
{
    [Theory]
    [InlineData("[|rand(4).var(unbiased: false)|];")]
    [InlineData("[|rand(4).var(false)|];")]
    [InlineData("[|torch.var(rand(4), unbiased: false)|];")]
    [InlineData("var v = [|rand(2, 2).var(unbiased: false)|] + 1;")]
    [InlineData("const bool Unbiased = false; [|rand(4).var(Unbiased)|];")]
    [InlineData("var (v, m) = [|torch.var_mean(rand(4))|];")]
    [InlineData("[|torch.var_mean(rand(4), unbiased: false)|];")]
    public Task A_variance_that_ignores_what_is_asked_for_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("rand(4).var();")]
    [InlineData("rand(4).var(unbiased: true);")]
    [InlineData("rand(4).std(unbiased: false);")]
    [InlineData("torch.std(rand(4), unbiased: false);")]
    [InlineData("rand(4).var(0L, unbiased: false);")]
    [InlineData("rand(4).var([0L], unbiased: false);")]
    [InlineData("rand(4).var(0, unbiased: false);")]
    [InlineData("torch.var(rand(4), 0L, unbiased: false);")]
    [InlineData("rand(4).var_mean(unbiased: false);")]
    [InlineData("rand(4).var_mean();")]
    [InlineData("torch.std_mean(rand(4), unbiased: false);")]
    [InlineData("torch.var_mean(rand(2, 2), [0L, 1L]);")]
    [InlineData("var u = DateTime.Now.Year > 1; rand(4).var(unbiased: u);")]
    [InlineData("rand(4).var((0L, 0L), unbiased: false);")]
    [InlineData("int var(bool unbiased) => 1; var(unbiased: false);")]
    public Task A_variance_that_follows_it_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("var v = [|rand(4).var(unbiased: false)|];", "var v = rand(4).std(unbiased: false).square();")]
    [InlineData("[|torch.var(rand(4), unbiased: false)|];", "torch.std(rand(4), unbiased: false).square();")]
    public Task The_fix_writes_it_right(string source, string expected) => Fix.FixesAsync(source, expected);

    [Theory]
    [InlineData("var (v, m) = [|torch.var_mean(rand(4))|];")]
    public Task No_fix_is_offered_where_none_is_safe(string source) => Fix.OffersNothingAsync(source);
}
