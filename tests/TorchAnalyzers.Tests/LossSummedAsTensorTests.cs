using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.LossSummedAsTensor>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.LossSummedAsTensor, TorchAnalyzers.Fixes.LossSummedAsTensorFix>;

namespace TorchAnalyzers.Tests;

public sealed class LossSummedAsTensorTests
{
    [Theory]
    [InlineData("var net = Linear(2, 2); Tensor total = zeros(1); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); total += [|loss|]; }")]
    [InlineData("var net = Linear(2, 2); var total = zeros(1); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); total = total + [|loss|]; }")]
    [InlineData("var net = Linear(2, 2); var all = new List<Tensor>(); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); all.Add([|loss|]); }")]
    [InlineData("""
        Console.WriteLine();
        class T1
        {
            Tensor sum = zeros(1);
            void Run(Linear net) { foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); sum += [|loss|]; } }
        }
        """)]
    public Task A_loss_that_is_added_up_as_a_tensor_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("var net = Linear(2, 2); var total = 0f; foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); total += loss.item<float>(); }")]
    [InlineData("var net = Linear(2, 2); Tensor total = zeros(1); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); total += loss.detach(); }")]
    [InlineData("var net = Linear(2, 2); var total = 0.0; foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); total += (double)loss; }")]
    [InlineData("var net = Linear(2, 2); Tensor total = zeros(1); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); total += loss; } total.backward();")]
    [InlineData("var net = Linear(2, 2); Tensor total = zeros(1); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); total += x; }")]
    [InlineData("var net = Linear(2, 2); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); Tensor both = zeros(1); both += loss; loss.backward(); }")]
    [InlineData("var net = Linear(2, 2); Tensor total = zeros(1); for (var i = 0; i < 2; i++) { var loss = net.call(rand(1, 2)).sum(); loss.backward(); total += loss; total.backward(); }")]
    [InlineData("var net = Linear(2, 2); var all = new List<float>(); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); all.Add(loss.ToSingle()); }")]
    public Task A_number_or_a_detached_loss_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("var net = Linear(2, 2); Tensor total = zeros(1); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); total += [|loss|]; }", "var net = Linear(2, 2); Tensor total = zeros(1); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); total += loss.detach(); }")]
    [InlineData("var net = Linear(2, 2); var all = new List<Tensor>(); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); all.Add([|loss|]); }", "var net = Linear(2, 2); var all = new List<Tensor>(); foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); all.Add(loss.detach()); }")]
    public Task The_fix_detaches_it(string source, string expected) => Fix.FixesAsync(source, expected);
}
