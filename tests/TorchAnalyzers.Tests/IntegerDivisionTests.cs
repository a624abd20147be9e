using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.IntegerDivision>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.IntegerDivision, TorchAnalyzers.Fixes.IntegerDivisionFix>;

namespace TorchAnalyzers.Tests;

public sealed class IntegerDivisionTests
{
    [Theory]
    [InlineData("rand(2).pow([|1 / 2|]);")]
    [InlineData("torch.pow(rand(2), [|1/2|]);")]
    [InlineData("var y = rand(2) * ([|1 / 2|]);")]
    [InlineData("var y = [|1 / 2|] * rand(2);")]
    [InlineData("var y = rand(2).pow(-([|3 / 2|]));")]
    [InlineData("F.dropout(rand(2), [|1 / 10|]);")]
    [InlineData("F.dropout(training: true, p: [|1 / 10|], input: rand(2));")]
    [InlineData("const int n = 3; var y = rand(2) * ([|1 / n|]);")]
    [InlineData("var net = Linear(1, 1); torch.optim.SGD(net.parameters(), [|1 / 10|]);")]
    [InlineData("Tensor Root(Tensor x) => x.pow([|(1) / 2|]);")]
    [InlineData("Tensor Root(Tensor x) { x *= [|1 / 2|]; return x; }")]
    [InlineData("Func<Tensor, Tensor> root = x => x.add(2 * ([|1 / 3|]));")]
    [InlineData("var y = rand(2) + (double)([|1 / 2|]);")]
    [InlineData("double rate = [|1 / 10|]; var net = Linear(1, 1); torch.optim.SGD(net.parameters(), rate);")]
    [InlineData("void Train(float rate) { rate = [|1 / 10|]; }")]
    [InlineData("Console.WriteLine(); record Options { public double LearningRate { get; init; } = [|1 / 1000|]; }")]
    [InlineData("var options = new Options { LearningRate = [|1 / 1000|] }; record Options { public double LearningRate { get; init; } }")]
    [InlineData("""
        Console.WriteLine();
        class Net(int n) : Module<Tensor, Tensor>("n")
        {
            public override Tensor forward(Tensor x) => x.div([|3 / 2|]) * n;
        }
        """)]
    public Task A_division_that_loses_its_fraction_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("rand(2).pow(1.0 / 2);")]
    [InlineData("rand(2).pow(4 / 2);")]
    [InlineData("rand(2).pow(1 / 2.0);")]
    [InlineData("rand(2).pow(0 / 2);")]
    [InlineData("var half = 1 / 2; Console.WriteLine(half);")]
    [InlineData("rand(7 / 2);")]
    [InlineData("Linear(7 / 2, 3);")]
    [InlineData("const int n = 7; var y = rand(2) * ((n + 1) / 2);")]
    [InlineData("rand(4).narrow(0, 1 / 2, 1);")]
    [InlineData("var y = new[] { 1, 2, 3 }[1 / 2];")]
    [InlineData("Math.Pow(4, 1 / 2);")]
    [InlineData("const int n = 2; var y = rand(2) * (3 / n);")]
    [InlineData("var y = rand(4)[1 / 2];")]
    [InlineData("Tensor pow(Tensor x, double p) => x; pow(rand(2), 1 / 2);")]
    public Task Other_divisions_are_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("rand(2).pow([|1 / 2|]);", "rand(2).pow(1.0 / 2);")]
    [InlineData("var y = [|1 / 2|] * rand(2) * ([|3 / 2|]);", "var y = 1.0 / 2 * rand(2) * (3.0 / 2);")]
    [InlineData("F.dropout(rand(2), p: [|-1 / 10|]);", "F.dropout(rand(2), p: -1.0 / 10);")]
    public Task The_fix_divides_a_fraction(string source, string expected) => Fix.FixesAsync(source, expected);
}
