using System.Security.Cryptography;
using DeepLearning.Data;
using DeepLearning.Models;
using DeepLearning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class DataCsvTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public void Dispose() => _folder.Dispose();

    /// <summary>A table of three inputs whose first rows have the label 1.</summary>
    internal static TableData Small(int ones, int zeros) => new(
        "small", arange(3 * (ones + zeros)).reshape(-1, 3).to(ScalarType.Float32),
        cat([torch.ones(ones, 1), torch.zeros(zeros, 1)], 0), ["a", "b", "c"], ["y"]);

    [Fact]
    public void Without_a_file_one_is_generated_and_reported_in_one_line()
    {
        var path = _folder["sub/Data.csv"];
        var table = DataCsv.Load(path, _said.Add);
        Assert.Equal((5000, 8, 1), (table.Count, (int)table.X.shape[1], (int)table.Y.shape[1]));
        Assert.Equal(
            [$"{path} does not exist: a generated table is used, on which the best expected accuracy is 90 %."], _said);
        Assert.Equal(",x1,x2,x3,x4,x5,x6,x7,x8,y", File.ReadLines(path).First());
        DataCsv.Load(path, _said.Add);
        Assert.Single(_said);
    }

    [Fact]
    public void The_generated_table_is_the_same_everywhere()
    {
        DataCsv.Load(_folder["Data.csv"], _said.Add);
        Assert.Equal("a03837e977b4f348", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder["Data.csv"])))[..16]);
    }

    [Fact]
    public void An_existing_file_is_read_and_not_changed()
    {
        File.WriteAllText(_folder["Data.csv"], ",a,y\n0,0.5,1\n");
        Assert.Equal(1, DataCsv.Load(_folder["Data.csv"], _said.Add).Count);
        Assert.Empty(_said);
    }

    [Fact]
    public void The_rule_has_the_documented_accuracy()
    {
        var table = DataCsv.Load(_folder["Data.csv"], _said.Add);
        var x = table.X.to(ScalarType.Float64);
        var rule = x[.., 0] + x[.., 1] - x[.., 2] + (2 * x[.., 3] * x[.., 4]) > 1e-7;
        var right = rule.to(ScalarType.Float32).eq(table.Y.squeeze(1)).to(ScalarType.Float32).mean().item<float>();
        Assert.Equal(DataCsv.BayesAccuracy, right, 1e-6);
        Assert.Equal(0.9, DataCsv.BayesAccuracy);
    }

    [Fact]
    public void The_tutorials_network_reaches_nearly_the_best_accuracy()
    {
        var (train, test) = DataCsv.Load(_folder["Data.csv"], _said.Add).Split([0.7, 0.3], seed: 1);
        manual_seed(1);
        using var network = Dnn.Table();
        Trainer.Fit(network, train.Batches(), options: new TrainerOptions
        {
            Epochs = 400,
            Loss = (outputs, targets) => nn.functional.binary_cross_entropy(outputs, targets),
            Optimizer = parameters => optim.Adam(parameters, 0.005),
            Metrics = [],
        });
        using var untracked = no_grad();
        var right = (network.call(test.X) > 0.5).to(ScalarType.Float32).eq(test.Y).to(ScalarType.Float32).mean().item<float>();
        Assert.InRange(right, 0.84, 0.93);
    }
}
