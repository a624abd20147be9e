using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.LoopWithoutScope>;

namespace TorchAnalyzers.Tests;

public sealed class LoopWithoutScopeTests
{
    [Theory]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        [|foreach|] (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        [|for|] (var i = 0; i < 1000; i++) { var x = rand(1, 2); optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var e = 0; e < 100; e++) [|foreach|] (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        var i = 0; [|while|] (i++ < 1000) { var x = rand(1, 2); optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("void Train(Linear net, optim.Optimizer optimizer, IEnumerable<Tensor> xs) { [|foreach|] (var x in xs) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); } }")]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var e = 0; e < 3; e++) [|foreach|] (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        void Train(Linear net, optim.Optimizer optimizer, IEnumerable<Tensor> xs)
        {
            [|foreach|] (var x in xs) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
            foreach (var x in xs) { using var scope = NewDisposeScope(); net.call(x).print(); }
        }
        """)]
    public Task A_training_loop_without_a_scope_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { using var scope = NewDisposeScope(); optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { using (var scope = NewDisposeScope()) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); } }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { using var y = net.call(x); using var loss = y.sum(); loss.backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); optimizer.step(); loss.Dispose(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 5; i++) { var x = rand(1, 2); optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); GC.Collect(); }
        """)]
    [InlineData("Tensor y = rand(1, 2); foreach (var layer in new[] { Linear(2, 2) }) y = layer.call(y); y.sum().backward();")]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        { var x = rand(1, 2); optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) net.call(x).sum().backward();
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) Step(x);
        void Step(Tensor x) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        Console.WriteLine();
        void Train() { using var scope = NewDisposeScope(); var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); } }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var e = 0; e < 3; e++) for (var i = 0; i < 4; i++) { optimizer.zero_grad(); net.call(rand(1, 2)).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        using (NewDisposeScope()) foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        """)]
    public Task A_loop_with_one_or_with_little_in_it_is_not(string source) => Check.IsSilentAsync(source);
}
