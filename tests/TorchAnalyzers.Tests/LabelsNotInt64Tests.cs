using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.LabelsNotInt64>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.LabelsNotInt64, TorchAnalyzers.Fixes.LabelsNotInt64Fix>;

namespace TorchAnalyzers.Tests;

public sealed class LabelsNotInt64Tests
{
    [Theory]
    [InlineData("F.cross_entropy(rand(2, 3), [|tensor(new[] { 0, 1 })|]);")]
    [InlineData("F.cross_entropy(rand(2, 3), [|tensor([0, 1])|]);")]
    [InlineData("F.cross_entropy(rand(2, 3), [|new[] { 0, 1 }|]);")]
    [InlineData("var y = tensor(new List<int> { 0, 1 }); F.cross_entropy(rand(2, 3), [|y|]);")]
    [InlineData("var y = zeros(2, dtype: ScalarType.Int32); F.nll_loss(rand(2, 3), [|y|]);")]
    [InlineData("var y = zeros(2, dtype: torch.int32); var labels = y.reshape(2); CrossEntropyLoss().call(rand(2, 3), [|labels|]);")]
    [InlineData("var y = rand(2).to(ScalarType.Int32).squeeze(); var loss = NLLLoss(); loss.forward(rand(2, 3), [|y|]);")]
    [InlineData("var y = randint(0, 3, [2]); F.cross_entropy(rand(2, 3), [|y.@int()|]);")]
    [InlineData("var y = tensor(new short[] { 0, 1 }); F.cross_entropy(rand(2, 3), [|y[..1]|]);")]
    [InlineData("F.cross_entropy(target: [|from_array(new[] { 0, 1 })|], input: rand(2, 3));")]
    [InlineData("F.cross_entropy(rand(2, 3), [|tensor(new[] { 0, 1 }) + 1|]);")]
    public Task Labels_of_another_integer_type_are_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("F.cross_entropy(rand(2, 3), tensor(new[] { 0L, 1L }));")]
    [InlineData("F.cross_entropy(rand(2, 3), tensor(new[] { 0, 1 }, dtype: int64));")]
    [InlineData("F.cross_entropy(rand(2, 3), tensor(new[] { 0, 1 }).to(int64));")]
    [InlineData("F.cross_entropy(rand(2, 3), tensor(new[] { 0, 1 }).@long());")]
    [InlineData("F.cross_entropy(rand(2, 3), randint(0, 3, [2]));")]
    [InlineData("F.cross_entropy(rand(2, 3), rand(2, 3).argmax(1));")]
    [InlineData("F.cross_entropy(rand(2, 3), rand(2, 3));")]
    [InlineData("F.cross_entropy(rand(2, 3), tensor(new byte[] { 0, 1 }));")]
    [InlineData("var y = tensor(new[] { 0, 1 }); y = y.to(int64); F.cross_entropy(rand(2, 3), y);")]
    [InlineData("void Loss(Tensor labels) => F.cross_entropy(rand(2, 3), labels);")]
    [InlineData("var type = Chosen(); F.cross_entropy(rand(2, 3), zeros(2, dtype: type)); ScalarType Chosen() => int32;")]
    [InlineData("F.mse_loss(rand(2), tensor(new[] { 0, 1 }));")]
    [InlineData("F.cross_entropy(rand(2, 3), tensor(new[] { 0, 1 }).sum().expand(2));")]
    [InlineData("var labels = tensor(new[] { 0, 1 }); Console.WriteLine(labels); F.cross_entropy(rand(2, 3), labels.to(int64));")]
    public Task Labels_that_are_right_or_not_known_are_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("F.cross_entropy(rand(2, 3), [|tensor(new[] { 0, 1 })|]);", "F.cross_entropy(rand(2, 3), tensor(new[] { 0, 1 }).to(int64));")]
    [InlineData("var y = tensor(new[] { 0, 1 }); F.cross_entropy(rand(2, 3), [|y|]);", "var y = tensor(new[] { 0, 1 }); F.cross_entropy(rand(2, 3), y.to(int64));")]
    [InlineData("var y = tensor(new[] { 0, 1 }); F.cross_entropy(rand(2, 3), [|y + 1|]);", "var y = tensor(new[] { 0, 1 }); F.cross_entropy(rand(2, 3), (y + 1).to(int64));")]
    public Task The_fix_converts_them(string source, string expected) => Fix.FixesAsync(source, expected);
}
