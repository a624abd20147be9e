using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.ReadInTrainingLoop>;

namespace TorchAnalyzers.Tests;

public sealed class ReadInTrainingLoopTests
{
    [Theory]
    [InlineData("""
        var net = Linear(2, 2); net.to(CUDA); var optimizer = optim.SGD(net.parameters(), 0.1); var sum = 0f;
        for (var e = 0; e < 2; e++) foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); optimizer.step(); sum += loss.[|item<float>|](); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); net.to(CUDA); var optimizer = optim.SGD(net.parameters(), 0.1); var sum = 0f;
        for (var e = 0; e < 2; e++) foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); optimizer.step(); sum += loss.[|ToSingle|](); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); net.to(CUDA); var optimizer = optim.SGD(net.parameters(), 0.1); var sum = 0f;
        for (var e = 0; e < 2; e++) foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); optimizer.step(); var y = loss.[|cpu|](); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); net.to(CUDA); var optimizer = optim.SGD(net.parameters(), 0.1); var sum = 0f;
        for (var e = 0; e < 2; e++) foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); optimizer.step(); Console.WriteLine(loss.[|ToString|](TorchSharp.TensorStringStyle.Numpy)); }
        """)]
    public Task A_read_in_each_step_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        var net = Linear(2, 2); net.to(CUDA); var optimizer = optim.SGD(net.parameters(), 0.1); var sum = 0f;
        for (var e = 0; e < 2; e++) foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); optimizer.step(); if (e % 10 == 0) sum += loss.item<float>(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); var optimizer = optim.SGD(net.parameters(), 0.1);
        var sum = 0f;
        for (var e = 0; e < 2; e++) foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); optimizer.step(); sum += loss.item<float>(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); net.to(CUDA); var optimizer = optim.SGD(net.parameters(), 0.1); var sum = 0f;
        foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); sum += loss.item<float>(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); net.to(CUDA); var optimizer = optim.SGD(net.parameters(), 0.1); var sum = 0f;
        for (var e = 0; e < 2; e++) { foreach (var x in new[] { rand(1, 2) }) net.call(x).sum().backward(); sum += net.weight.sum().item<float>(); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); net.to(CUDA); var optimizer = optim.SGD(net.parameters(), 0.1); var sum = 0f;
        for (var e = 0; e < 2; e++) foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); optimizer.step(); Console.WriteLine(loss.ToString()); }
        """)]
    [InlineData("""
        var net = Linear(2, 2); net.to(CUDA); var optimizer = optim.SGD(net.parameters(), 0.1); var sum = 0f;
        for (var e = 0; e < 2; e++) foreach (var x in new[] { rand(1, 2) }) sum += net.call(x).sum().item<float>();
        """)]
    [InlineData("""
        var net = Linear(2, 2); net.to(CUDA); var optimizer = optim.SGD(net.parameters(), 0.1); var sum = 0f;
        for (var e = 0; e < 2; e++) foreach (var x in new[] { rand(1, 2) }) { var loss = net.call(x).sum(); loss.backward(); optimizer.step(); Func<float> later = () => loss.item<float>(); }
        """)]
    public Task A_read_now_and_then_or_on_the_CPU_is_not(string source) => Check.IsSilentAsync(source);
}
