using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.ZeroAsScalarType>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.ZeroAsScalarType, TorchAnalyzers.Fixes.ZeroAsScalarTypeFix>;

namespace TorchAnalyzers.Tests;

public sealed class ZeroAsScalarTypeTests
{
    [Theory]
    [InlineData("ones(2, 3).sum([|0|]);")]
    [InlineData("ones(2, 3).prod([|0|]);")]
    [InlineData("torch.sum(ones(2, 3), [|0|]);")]
    [InlineData("torch.prod(ones(2, 3), [|0|]);")]
    [InlineData("const int First = 0; ones(2, 3).sum([|First|]);")]
    [InlineData("ones(2, 3)?.sum([|0|]);")]
    [InlineData("var s = ones(2, 3).sum([|type: 0|]);")]
    public Task A_zero_that_becomes_a_number_type_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("ones(2, 3).sum(dim: 0);")]
    [InlineData("ones(2, 3).sum(0L);")]
    [InlineData("ones(2, 3).sum(1);")]
    [InlineData("ones(2, 3).sum(-1);")]
    [InlineData("ones(2, 3).sum(0, 1);")]
    [InlineData("ones(2, 3).sum([0]);")]
    [InlineData("ones(2, 3).sum([0L], true);")]
    [InlineData("ones(2, 3).sum(0, keepdim: true);")]
    [InlineData("ones(2, 3).sum();")]
    [InlineData("ones(2, 3).sum(ScalarType.Byte);")]
    [InlineData("ones(2, 3).sum((ScalarType)0);")]
    [InlineData("ones(2, 3).sum(torch.uint8);")]
    [InlineData("(ones(2, 3) > 0).any(0);")]
    [InlineData("(ones(2, 3) > 0).all(0);")]
    [InlineData("ones(2, 3).cumsum(0);")]
    [InlineData("ones(2, 3).softmax(0);")]
    [InlineData("ones(2, 3).argmax(0);")]
    [InlineData("ones(2, 3).max(0);")]
    [InlineData("ones(2, 3).std(0);")]
    [InlineData("ones(2, 3).var(0);")]
    [InlineData("var dimension = 0; ones(2, 3).sum(dimension);")]
    [InlineData("zeros(2, 0);")]
    [InlineData("zeros(0);")]
    [InlineData("new[] { 1, 2 }.Sum(x => 0);")]
    [InlineData("int sum(ScalarType type) => 1; sum(0);")]
    public Task A_zero_that_stays_a_number_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("ones(2, 3).sum([|0|]);", "ones(2, 3).sum(dim: 0);")]
    [InlineData("var x = torch.prod(ones(2, 3), /* first */ [|0|]);", "var x = torch.prod(ones(2, 3), /* first */ dim: 0);")]
    [InlineData("ones(2, 3).sum([|type: 0|]);", "ones(2, 3).sum(dim: 0);")]
    public Task The_fix_names_the_dimension(string source, string expected) => Fix.FixesAsync(source, expected);
}
