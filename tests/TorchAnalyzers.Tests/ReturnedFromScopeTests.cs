using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.ReturnedFromScope>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.ReturnedFromScope, TorchAnalyzers.Fixes.ReturnedFromScopeFix>;

namespace TorchAnalyzers.Tests;

public sealed class ReturnedFromScopeTests
{
    [Theory]
    [InlineData("Tensor F1() { using var scope = NewDisposeScope(); return [|ones(2) + 1|]; }")]
    [InlineData("Tensor F1() { using var scope = NewDisposeScope(); var x = ones(2); return [|x|]; }")]
    [InlineData("Tensor F1(Tensor a) { using var scope = NewDisposeScope(); var x = a.exp(); x = x.relu(); return [|x|]; }")]
    [InlineData("Tensor F1(Tensor a) { using (var d = NewDisposeScope()) { return [|a.sum()|]; } }")]
    [InlineData("Tensor F1(Tensor a) { using (NewDisposeScope()) { var y = a[0]; return [|y|]; } }")]
    [InlineData("Tensor F1(Linear l, Tensor a) { using var scope = NewDisposeScope(); return [|l.call(a)|]; }")]
    [InlineData("(Tensor, Tensor) F1(Tensor a) { using var scope = NewDisposeScope(); return ([|a + 1|], a); }")]
    [InlineData("Tensor F1(Tensor a) { using var scope = NewDisposeScope(); if (a.numel() > 3) return [|a.mean()|]; return a; }")]
    [InlineData("Func<Tensor> f = () => { using var scope = NewDisposeScope(); return [|F.relu(ones(2))|]; };")]
    [InlineData("Tensor F1(Tensor a) { using var scope = NewDisposeScope(); return [|a.numel() > 1 ? a + 1 : a - 1|]; }")]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) { using var scope = NewDisposeScope(); return [|x.relu()|]; }
        }
        """)]
    [InlineData("Tensor F1(Tensor a) { Tensor y; using (NewDisposeScope()) { y = [|a + 1|]; } return y; }")]
    [InlineData("void F1(Tensor a) { Tensor y = a; { using var scope = NewDisposeScope(); var z = a.exp(); y = [|z|]; } y.print(); }")]
    [InlineData("List<Tensor> F1(Tensor[] a) { var list = new List<Tensor>(); foreach (var x in a) { using var scope = NewDisposeScope(); list.Add([|x * 2|]); } return list; }")]
    [InlineData("Tensor[] F1(Tensor[] a) { var y = new Tensor[2]; foreach (var x in a) { using var scope = NewDisposeScope(); y[0] = [|x * 2|]; } return y; }")]
    [InlineData("Tensor F1(Tensor[] a) { var sum = zeros(1); foreach (var x in a) { using var scope = NewDisposeScope(); sum = [|sum + x|]; } return sum; }")]
    [InlineData("Console.WriteLine(); class State { private Tensor last; public void Set(Tensor x) { using var scope = NewDisposeScope(); last = [|x.exp()|]; } public void Print() => last.print(); }")]
    public Task A_tensor_that_its_scope_disposes_of_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("Tensor F1() { using var scope = NewDisposeScope(); return (ones(2) + 1).MoveToOuterDisposeScope(); }")]
    [InlineData("Tensor F1() { using var scope = NewDisposeScope(); var x = ones(2); x.MoveToOuterDisposeScope(); return x; }")]
    [InlineData("Tensor F1() { using var scope = NewDisposeScope(); var x = ones(2).DetachFromDisposeScope(); return x; }")]
    [InlineData("Tensor F1() { using var scope = NewDisposeScope(); return scope.MoveToOuter(ones(2)); }")]
    [InlineData("Tensor F1() { using var scope = NewDisposeScope(); var x = ones(2); scope.Detach(x); return x; }")]
    [InlineData("Tensor F1(Tensor a) { using var scope = NewDisposeScope(); return a; }")]
    [InlineData("Tensor F1(Tensor a) { using var scope = NewDisposeScope(); return a.add_(1); }")]
    [InlineData("Tensor F1() { var x = ones(2); using var scope = NewDisposeScope(); x.add_(1); return x; }")]
    [InlineData("float F1() { using var scope = NewDisposeScope(); return ones(2).sum().item<float>(); }")]
    [InlineData("Tensor F1() { return ones(2); }")]
    [InlineData("Tensor F1() { Tensor y; using (var d = NewDisposeScope()) { y = ones(2).MoveToOuterDisposeScope(); } return y; }")]
    [InlineData("""
        Tensor F1() { using var scope = NewDisposeScope(); return Helper(); }
        Tensor Helper() => ones(2);
        """)]
    [InlineData("Tensor F1(Linear l) { using var scope = NewDisposeScope(); return l.weight; }")]
    [InlineData("Tensor F1() { using var scope = NewDisposeScope(); Func<Tensor> f = () => { return ones(2); }; return f(); }")]
    [InlineData("Tensor F1() { using (var d = NewDisposeScope()) { ones(2); } return ones(2); }")]
    [InlineData("Tensor F1(Linear l) { using var scope = NewDisposeScope(); return l.get_parameter(\"weight\"); }")]
    [InlineData("(Tensor, Tensor) F1(Tensor a) { using var scope = NewDisposeScope(); var (x, y) = scope.MoveToOuter(a + 1, a - 1); return (x, y); }")]
    [InlineData("""
        Tensor F1() { using var scope = NewDisposeScope(); Tensor x = ones(2); x = Helper(); return x; }
        Tensor Helper() => ones(2);
        """)]
    [InlineData("Tensor F1(Tensor a) { Tensor y; using (NewDisposeScope()) { y = a + 1; y.DetachFromDisposeScope(); } return y; }")]
    [InlineData("Tensor F1(Tensor a) { Tensor y; using (NewDisposeScope()) { y = a + 1; y.print(); } y = a; return y; }")]
    [InlineData("void F1(Tensor[] a) { Tensor y; foreach (var x in a) { using var scope = NewDisposeScope(); y = x + 1; y.print(); } }")]
    [InlineData("List<float> F1(Tensor[] a) { var list = new List<float>(); foreach (var x in a) { using var scope = NewDisposeScope(); list.Add((x * 2).item<float>()); } return list; }")]
    [InlineData("Tensor F1(Tensor[] a) { var y = zeros(2); foreach (var x in a) { using var scope = NewDisposeScope(); y[0] = x * 2; } return y; }")]
    [InlineData("""
        Console.WriteLine();
        class Meter { public float Total; public void Add(Tensor x) => Total += x.item<float>(); public static float F1(Tensor[] a) { var m = new Meter(); foreach (var x in a) { using var scope = NewDisposeScope(); m.Add(x * 2); } return m.Total; } }
        """)]
    [InlineData("Console.WriteLine(); class State { private Tensor last; public void Set(Tensor x) { using var scope = NewDisposeScope(); last = x.exp(); last.print(); } }")]
    [InlineData("Console.WriteLine(); class State { private Tensor last; public void Set(Tensor x) { using var scope = NewDisposeScope(); last = x.exp(); scope.Detach(last); } public void Print() => last.print(); }")]
    [InlineData("""
        Tensor F1(Dictionary<string, Tensor> all)
        {
            if (all.TryGetValue("a", out var x)) { using var scope = NewDisposeScope(); x = x.to(CPU); x.print(); }
            foreach (var other in all) { if (all.TryGetValue("b", out var y)) y.print(); }
            { return all.TryGetValue("c", out var z) ? z : ones(1); }
        }
        """)]
    [InlineData("""
        void F1(Tensor[] a)
        {
            foreach (var b in a) { Tensor x = b; using (NewDisposeScope()) { x = b.exp(); x.print(); } }
            foreach (var b in a) { Tensor x = b; x.print(); }
        }
        """)]
    [InlineData("bool F1(Tensor a) { Tensor y; using (NewDisposeScope()) { y = a + 1; } return y.IsInvalid; }")]
    public Task A_tensor_that_is_kept_or_comes_from_outside_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("Tensor F1() { using var scope = NewDisposeScope(); return [|ones(2) + 1|]; }", "Tensor F1() { using var scope = NewDisposeScope(); return (ones(2) + 1).MoveToOuterDisposeScope(); }")]
    [InlineData("Tensor F1() { using var scope = NewDisposeScope(); var x = ones(2); return [|x|]; }", "Tensor F1() { using var scope = NewDisposeScope(); var x = ones(2); return x.MoveToOuterDisposeScope(); }")]
    public Task The_fix_moves_it_out(string source, string expected) => Fix.FixesAsync(source, expected);
}
