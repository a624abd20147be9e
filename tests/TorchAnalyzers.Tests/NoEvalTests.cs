using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.NoEval>;

namespace TorchAnalyzers.Tests;

public sealed class NoEvalTests
{
    [Theory]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        using (var off = [|no_grad()|]) { Console.WriteLine(net.call(rand(1, 2))); }
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        using (var off = [|inference_mode()|]) { Console.WriteLine(net.call(rand(1, 2))); }
        """)]
    [InlineData("""
        Console.WriteLine();
        void Run() { var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        using var off = [|no_grad()|]; Console.WriteLine(net.call(rand(1, 2))); }
        """)]
    [InlineData("var net = Sequential(Linear(2, 2), BatchNorm1d(2)); net.train(); using (var off = [|no_grad()|]) { net.call(rand(2, 2)); }")]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        var off = () => { using var _ = [|no_grad()|]; return net.call(rand(1, 2)); };
        """)]
    public Task An_evaluation_in_training_mode_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        net.eval(); using (var off = no_grad()) { net.call(rand(1, 2)); }
        """)]
    [InlineData("var net = Sequential(Linear(2, 2), ReLU()); net.train(); using (var off = no_grad()) { net.call(rand(1, 2)); }")]
    [InlineData("var net = Sequential(Linear(2, 2), Dropout(0.5)); using (var off = no_grad()) { net.call(rand(1, 2)); }")]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        net.train(false); using (var off = no_grad()) { net.call(rand(1, 2)); }
        """)]
    [InlineData("void Measure(Module<Tensor, Tensor> net) { net.train(); using (var off = no_grad()) { net.call(rand(1, 2)); } }")]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        using (var off = no_grad()) { foreach (var p in net.parameters()) p.mul_(0.5); }
        """)]
    [InlineData("""
        var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = optim.SGD(net.parameters(), 0.1);
        foreach (var x in new[] { rand(1, 2) }) { optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); }
        void Mode() => net.eval(); Mode(); using (var off = no_grad()) { net.call(rand(1, 2)); }
        """)]
    [InlineData("var net = Sequential(Linear(2, 2), Dropout(0.5)); var loss = MSELoss(); net.train(); using (var off = no_grad()) { loss.call(rand(1), rand(1)); }")]
    public Task An_evaluation_in_its_own_mode_or_of_a_model_without_modes_is_not(string source) => Check.IsSilentAsync(source);
}
