using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.BatchNormOfOneSample>;

namespace TorchAnalyzers.Tests;

public sealed class BatchNormOfOneSampleTests
{
    [Theory]
    [InlineData("BatchNorm1d(3).call([|rand(1, 3)|]);")]
    [InlineData("BatchNorm1d(3).forward([|rand(1, 3, 1)|]);")]
    [InlineData("BatchNorm2d(3).call([|rand(1, 3, 1, 1)|]);")]
    [InlineData("var norm = BatchNorm1d(3); var x = zeros([1, 3]); var y = norm.call([|x|]);")]
    [InlineData("var net = Sequential(Linear(784, 128), BatchNorm1d(128), ReLU(), Linear(128, 10)); net.call([|rand(1, 784)|]);")]
    [InlineData("torch.nn.Sequential((\"flat\", Flatten()), (\"norm\", BatchNorm1d(4))).call([|rand(1, 1, 2, 2)|]);")]
    [InlineData("Tensor Normed() => BatchNorm1d(num_features: 3, momentum: 0.5).call([|rand(2, 3).reshape(1, 6).relu()|]);")]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly BatchNorm1d norm = BatchNorm1d(3);
            public Net() : base("n") => RegisterComponents();
            public override Tensor forward(Tensor x) { x = x.reshape(1, 3); return norm.call([|x|]); }
        }
        """)]
    public Task One_value_of_each_channel_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("BatchNorm1d(3).call(rand(2, 3));")]
    [InlineData("BatchNorm1d(3).call(rand(1, 3, 2));")]
    [InlineData("BatchNorm2d(3).call(rand(1, 3, 2, 2));")]
    [InlineData("BatchNorm1d(3, track_running_stats: false).call(rand(1, 3));")]
    [InlineData("var norm = BatchNorm1d(3); norm.eval(); norm.call(rand(1, 3));")]
    [InlineData("var net = Sequential(Conv2d(1, 3, 3), BatchNorm2d(3)); net.call(rand(1, 1, 28, 28));")]
    [InlineData("var norm = BatchNorm1d(3); norm.train(false); norm.call(rand(1, 3));")]
    [InlineData("InstanceNorm1d(3).call(rand(1, 3, 2)); LayerNorm(3).call(rand(1, 3));")]
    [InlineData("Tensor Normed(Tensor x) => BatchNorm1d(3).call(x);")]
    [InlineData("Tensor Normed(int n) => BatchNorm1d(3).call(rand(n, 3));")]
    public Task Several_values_and_other_modes_are_not(string source) => Check.IsSilentAsync(source);
}
