using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.NoZeroGrad>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.NoZeroGrad, TorchAnalyzers.Fixes.NoZeroGradFix>;

namespace TorchAnalyzers.Tests;

public sealed class NoZeroGradTests
{
    [Theory]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++) { [|net.call(rand(1, 2)).sum().backward()|]; optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        optimizer.zero_grad();
        foreach (var x in new[] { rand(1, 2) })
        {
            var loss = net.call(x).sum();
            [|loss.backward()|];
            optimizer.step();
        }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        var i = 0;
        while (i++ < 5) { var loss = net.call(rand(1, 2)).sum(); [|loss.backward()|]; optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var e = 0; e < 2; e++) for (var i = 0; i < 2; i++) { var loss = net.call(rand(1, 2)).sum(); [|loss.backward()|]; optimizer.step(); }
        """)]
    [InlineData("void Train(Linear net, optim.Optimizer o, IEnumerable<Tensor> xs) { foreach (var x in xs) { var loss = net.call(x).sum(); [|loss.backward()|]; o.step(); } }")]
    public Task Gradients_that_add_up_are_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++) { optimizer.zero_grad(); net.call(rand(1, 2)).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++) { net.call(rand(1, 2)).sum().backward(); optimizer.step(); optimizer.zero_grad(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++) { net.zero_grad(); net.call(rand(1, 2)).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++) { net.call(rand(1, 2)).sum().backward(); if (i % 4 == 3) { optimizer.step(); optimizer.zero_grad(); } }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var b = 0; b < 2; b++) { optimizer.zero_grad(); for (var i = 0; i < 4; i++) { net.call(rand(1, 2)).sum().backward(); optimizer.step(); } }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++) { Clear(); net.call(rand(1, 2)).sum().backward(); optimizer.step(); }
        void Clear() => optimizer.zero_grad();
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++) { Reset(optimizer); net.call(rand(1, 2)).sum().backward(); optimizer.step(); }
        void Reset(optim.Optimizer o) { }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++) { net.call(rand(1, 2)).sum().backward(); optimizer.step(); foreach (var p in net.parameters()) p.grad.zero_(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        net.call(rand(1, 2)).sum().backward(); optimizer.step();
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++) net.call(rand(1, 2)).sum().backward();
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++) optimizer.step();
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        var scheduler = optim.lr_scheduler.StepLR(optimizer, 1); for (var i = 0; i < 9; i++) { net.call(rand(1, 2)).sum().backward(); scheduler.step(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        Action clear = optimizer.zero_grad; for (var i = 0; i < 9; i++) { clear(); net.call(rand(1, 2)).sum().backward(); optimizer.step(); }
        """)]
    public Task Gradients_that_are_cleared_or_wanted_are_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++)
        {
            var loss = net.call(rand(1, 2)).sum();
            [|loss.backward()|];
            optimizer.step();
        }
        """, """
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var i = 0; i < 9; i++)
        {
            var loss = net.call(rand(1, 2)).sum();
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
        """)]
    public Task The_fix_clears_them_first(string source, string expected) => Fix.FixesAsync(source, expected);
}
