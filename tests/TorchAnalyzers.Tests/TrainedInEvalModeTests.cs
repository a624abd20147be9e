using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.TrainedInEvalMode>;

namespace TorchAnalyzers.Tests;

public sealed class TrainedInEvalModeTests
{
    [Theory]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var e = 0; e < 3; e++) { foreach (var x in new[] { rand(1, 2) }) { net.call(x).sum().backward(); optimizer.step(); } [|net.eval()|]; }
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        [|net.eval()|]; foreach (var x in new[] { rand(1, 2) }) { net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        net.train(); for (var e = 0; e < 3; e++) { foreach (var x in new[] { rand(1, 2) }) { net.call(x).sum().backward(); optimizer.step(); } [|net.eval()|]; }
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        net.load("net.dat"); [|net.eval()|]; Console.WriteLine(net.call(rand(1, 2))); foreach (var x in new[] { rand(1, 2) }) { net.call(x).sum().backward(); optimizer.step(); }
        """)]
    public Task Training_after_eval_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var e = 0; e < 3; e++) { net.train(); foreach (var x in new[] { rand(1, 2) }) { net.call(x).sum().backward(); optimizer.step(); } net.eval(); }
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        for (var e = 0; e < 3; e++) { foreach (var x in new[] { rand(1, 2) }) { net.call(x).sum().backward(); optimizer.step(); } net.eval(); net.train(); }
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { net.call(x).sum().backward(); optimizer.step(); } net.eval();
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        net.eval(); net.call(rand(1, 2)); net.train(); foreach (var x in new[] { rand(1, 2) }) { net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var backbone = Sequential(Linear(2, 2), Dropout(0.5)); backbone.eval(); var head = Linear(2, 2); var optimizer = optim.SGD(head.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { head.call(backbone.call(x)).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        net.eval(); Prepare(net); foreach (var x in new[] { rand(1, 2) }) { net.call(x).sum().backward(); optimizer.step(); }
        void Prepare(Module m) => m.train();
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        if (net.Count > 5) net.eval(); foreach (var x in new[] { rand(1, 2) }) { net.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        net.eval(); var other = Linear(2, 2); foreach (var x in new[] { rand(1, 2) }) { other.call(x).sum().backward(); optimizer.step(); }
        """)]
    [InlineData("void Freeze(Module net) { net.eval(); }")]
    public Task Training_in_training_mode_is_not(string source) => Check.IsSilentAsync(source);
}
