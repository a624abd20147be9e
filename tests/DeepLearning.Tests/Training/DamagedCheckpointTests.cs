using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// A checkpoint that cannot be resumed throws an exception with its name and advice, and the model is not changed.
public sealed class DamagedCheckpointTests : TrainingTest
{
    private string Last => Path.Combine(Folder.Path, ModelCheckpoint.LastName);

    [Fact]
    public void A_file_truncated_anywhere_is_rejected_with_advice()
    {
        Fit();
        var bytes = File.ReadAllBytes(Last);
        for (var part = 0; part < 16; part++)
        {
            File.WriteAllBytes(Last, bytes[..(bytes.Length * part / 16)]);
            AssertRefused("Delete it");
        }
        File.WriteAllBytes(Last, bytes[..^1]);
        AssertRefused("Delete it");
        File.WriteAllBytes(Last, bytes);
        Fit();
    }

    [Fact]
    public void Bytes_that_are_not_a_checkpoint_are_rejected_with_advice()
    {
        var random = new Random(1);
        Directory.CreateDirectory(Folder.Path);
        foreach (var length in new[] { 1, 100, 10_000 })
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            File.WriteAllBytes(Last, bytes);
            AssertRefused("Delete it");
        }
    }

    [Fact]
    public void A_file_with_damaged_bytes_is_rejected_or_resumed()
    {
        Fit();
        var bytes = File.ReadAllBytes(Last);
        var random = new Random(2);
        for (var trial = 0; trial < 40; trial++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 + random.Next(255));
            File.WriteAllBytes(Last, damaged);
            try
            {
                Fit();
            }
            catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
            {
            }
        }
    }

    [Theory]
    [InlineData(4L)]
    [InlineData(1_000L)]
    [InlineData(1L)]
    public void Another_format_is_rejected_with_both_numbers(long version)
    {
        Fit();
        var content = (Dictionary<object, object?>)PyTorchFile.Load(Last)!;
        content["version"] = version;
        PyTorchFile.Save(content, Last);
        AssertRefused($"format {version}; this one has 3");
    }

    [Fact]
    public void The_state_dict_of_a_model_is_not_a_checkpoint()
    {
        using var network = TwoClasses.Network();
        PyTorchFile.Save(network.state_dict(), Last);
        AssertRefused("not a checkpoint that ModelCheckpoint wrote");
    }

    public static TheoryData<string, Func<Module<Tensor, Tensor>>> OtherModels => new()
    {
        { "wider", () => Sequential(Linear(2, 9), ReLU(), Dropout(0), Linear(9, 2)) },
        { "deeper", () => Sequential(Linear(2, 8), ReLU(), Linear(8, 8), Linear(8, 2)) },
        { "shallower", () => Sequential(Linear(2, 2)) },
        { "with other names", () => Sequential(("a", Linear(2, 8)), ("b", ReLU()), ("c", Linear(8, 2))) },
    };

    [Theory]
    [MemberData(nameof(OtherModels))]
    public void Another_model_is_rejected_and_keeps_its_weights(string name, Func<Module<Tensor, Tensor>> create)
    {
        Assert.NotEmpty(name);
        Fit();
        using var model = create();
        var before = TwoClasses.Weights(model);
        Assert.Throws<InvalidOperationException>(() => Fit(model));
        Assert.Equal(before, TwoClasses.Weights(model));
    }

    [Fact]
    public void Another_number_of_parameter_groups_is_rejected()
    {
        Fit();
        using var network = TwoClasses.Network();
        var options = TwoClasses.Options with
        {
            Epochs = 2,
            Optimizer = LayerRates.SGD([((Module)network[0], 0.1), ((Module)network[3], 0.01)], momentum: 0.9),
            Callbacks = [new ModelCheckpoint(Folder.Path)],
        };
        var error = Assert.Throws<InvalidOperationException>(() => Trainer.Fit(network, Problem.Batches(), options: options));
        Assert.Contains("1 parameter groups; this training has 2", error.Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string advice)
    {
        using var network = TwoClasses.Network();
        var before = TwoClasses.Weights(network);
        var error = Assert.Throws<InvalidDataException>(() => Fit(network));
        Assert.Contains(Last, error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, TwoClasses.Weights(network));
    }

    private void Fit(Module<Tensor, Tensor>? model = null)
    {
        using Sequential? own = model is null ? TwoClasses.Network() : null;
        Trainer.Fit(model ?? own!, Problem.Batches(), options: TwoClasses.Options with { Callbacks = [new ModelCheckpoint(Folder.Path)] });
    }
}
