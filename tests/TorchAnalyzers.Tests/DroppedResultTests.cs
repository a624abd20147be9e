using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.DroppedResult>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.DroppedResult, TorchAnalyzers.Fixes.DroppedResultFix>;

namespace TorchAnalyzers.Tests;

public sealed class DroppedResultTests
{
    [Theory]
    [InlineData("var t = rand(2); [|t.to(CPU)|];")]
    [InlineData("var t = rand(2); [|t.to(float64)|];")]
    [InlineData("var t = rand(4); [|t.reshape(2, 2)|];")]
    [InlineData("var t = rand(4); [|t.unsqueeze(0)|];")]
    [InlineData("var t = rand(4); [|t.add(1)|];")]
    [InlineData("void F1(Tensor t) { [|t.cuda()|]; }")]
    [InlineData("foreach (var t in new[] { rand(2) }) { [|t.relu()|]; }")]
    [InlineData("var t = rand(2); [|torch.add(t, 1)|];")]
    [InlineData("void F1(Tensor t) { [|F.relu(t)|]; }")]
    [InlineData("var t = rand(2, 3); [|t[0].add(1)|];")]
    [InlineData("var t = rand(2, 3); [|t.t()|];")]
    public Task A_result_that_is_dropped_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("var t = rand(2); t = t.to(CPU);")]
    [InlineData("var t = rand(2); t.add_(1);")]
    [InlineData("var t = rand(2); var u = t.reshape(2);")]
    [InlineData("var l = Linear(2, 2); l.to(float64);")]
    [InlineData("var t = rand(2); _ = t.to(CPU);")]
    [InlineData("var t = rand(2, requires_grad: true); t.sum().backward();")]
    [InlineData("var t = rand(2); try { t.reshape(3); } catch (Exception e) { Console.WriteLine(e); }")]
    [InlineData("var t = rand(2); Action a = () => t.reshape(3);")]
    [InlineData("void Throws(Action a) { } var t = rand(2); Throws(() => { t.reshape(3); });")]
    [InlineData("var t = rand(2); t.print();")]
    [InlineData("var t = rand(2); t.MoveToOuterDisposeScope();")]
    [InlineData("rand(2).add(1);")]
    [InlineData("torch.add(rand(2), 1);")]
    [InlineData("var t = rand(2); F.relu(t, inplace: true);")]
    [InlineData("var t = rand(2); var u = torch.add(t, 1);")]
    [InlineData("var list = new List<int>(); list.Add(1);")]
    [InlineData("var t = rand(2); t.fill_(0);")]
    [InlineData("Tensor F1(Tensor t) => t.relu();")]
    public Task A_result_that_is_used_or_a_change_in_place_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("var t = rand(2); [|t.to(CPU)|];", "var t = rand(2); t = t.to(CPU);")]
    [InlineData("var t = rand(4); [|t.reshape(2, 2)|];", "var t = rand(4); t = t.reshape(2, 2);")]
    public Task The_fix_keeps_it(string source, string expected) => Fix.FixesAsync(source, expected);

    [Theory]
    [InlineData("foreach (var t in new[] { rand(2) }) { [|t.relu()|]; }")]
    public Task No_fix_is_offered_where_none_is_safe(string source) => Fix.OffersNothingAsync(source);
}
