using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.ItemOfAnotherType>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.ItemOfAnotherType, TorchAnalyzers.Fixes.ItemOfAnotherTypeFix>;

namespace TorchAnalyzers.Tests;

public sealed class ItemOfAnotherTypeTests
{
    [Theory]
    [InlineData("tensor(5L).[|item<int>|]();")]
    [InlineData("var x = rand(3).sum().[|item<double>|]();")]
    [InlineData("rand(3).argmax().[|item<int>|]();")]
    [InlineData("(rand(3) > 0.5).sum().[|item<int>|]();")]
    [InlineData("var n = zeros(3, dtype: int64); n[0].[|item<float>|]();")]
    [InlineData("tensor(1.5).[|item<float>|]();")]
    [InlineData("var t = tensor(new[] { 1f, 2f }); var m = t.mean(); m.[|item<double>|]();")]
    [InlineData("rand(3).to(ScalarType.Float64).max().[|item<float>|]();")]
    [InlineData("(rand(3) > 0.5).all().[|item<byte>|]();")]
    [InlineData("randint(0, 9, [1]).[|item<int>|]();")]
    public Task A_type_that_is_not_the_tensors_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("tensor(5L).item<long>();")]
    [InlineData("tensor(5).item<int>();")]
    [InlineData("rand(3).sum().item<float>();")]
    [InlineData("tensor(1.5).item<double>();")]
    [InlineData("(rand(3) > 0.5).sum().item<long>();")]
    [InlineData("rand(3).argmax().ToInt32();")]
    [InlineData("void Show(Tensor t) => t.item<double>();")]
    [InlineData("var t = rand(3); t = t.to(float64); t.sum().item<double>();")]
    [InlineData("tensor(5).sum().item<long>();")]
    [InlineData("(tensor(5) / 2).item<float>();")]
    [InlineData("(rand(3) > 0.5).all().item<bool>();")]
    [InlineData("set_default_dtype(ScalarType.Float64); rand(3).sum().item<double>();")]
    [InlineData("var l = Linear(2, 2); l.call(rand(1, 2)).sum().item<float>();")]
    [InlineData("tensor(5, dtype: int64).item<long>(); static Tensor tensor(int x, ScalarType dtype) => torch.tensor((long)x);")]
    [InlineData("full([2L], 3.0).sum().item<float>();")]
    [InlineData("arange(5.0).sum().item<float>();")]
    [InlineData("arange(5).sum().item<long>();")]
    public Task The_tensors_own_type_or_one_that_is_not_known_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("var i = tensor(5L).[|item<int>|]();", "var i = tensor(5L).ToInt32();")]
    [InlineData("var d = rand(3).sum().[|item<double>|]();", "var d = rand(3).sum().ToDouble();")]
    public Task The_fix_converts_the_number(string source, string expected) => Fix.FixesAsync(source, expected);
}
