using DeepLearning.Data;
using DeepLearning.Models;
using DeepLearning.Training;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Models;

public sealed class MultiInputModelTests
{
    [Fact]
    public void Packed_inputs_are_unpacked_unchanged()
    {
        var (images, words) = (rand(5, 1, 2, 3), randint(0, 100, [5, 4], ScalarType.Int64));
        var pack = new InputPack(images, words);
        Assert.Equal([5, 10], pack.Packed.shape);
        var unpacked = pack.Unpack(pack.Packed[1..3]);
        Assert.True(unpacked[0].eq(images[1..3]).all().item<bool>());
        Assert.True(unpacked[1].eq(words[1..3]).all().item<bool>());
        Assert.Equal(ScalarType.Int64, unpacked[1].dtype);
        Assert.True(pack.Pack(images[..2], words[..2]).eq(pack.Packed[..2]).all().item<bool>());
        Assert.Equal("Float32 [N, 1, 2, 3] and Int64 [N, 4]", pack.ToString());
    }

    [Fact]
    public void A_model_with_two_inputs_is_trained_like_any_other()
    {
        manual_seed(1);
        var (left, right) = (randn(200, 3), randint(0, 4, [200], ScalarType.Int64));
        var targets = ((left[.., 0] > 0) ^ (right > 1)).to(ScalarType.Int64);
        var pack = new InputPack(left, right);
        using var model = MultiInputModel.Of(new TwoInputs(), pack);
        var options = new TrainerOptions { Epochs = 60, Optimizer = parameters => optim.Adam(parameters, 0.03) };
        Trainer.Fit(model, new TensorBatches(pack.Packed, targets, 20, shuffle: true), options: options);
        Assert.InRange(Evaluator.Measure(model, new TensorBatches(pack.Packed, targets))["accuracy"], 0.95, 1);
        Assert.Contains("model.words.weight", model.state_dict().Keys);
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => new InputPack(rand(5, 2)));
        Assert.Throws<ArgumentException>(() => new InputPack(rand(5, 2), rand(4, 2)));
        Assert.Throws<ArgumentException>(() => new InputPack(rand(5, 2), full([5], 20_000_000L)));
        var pack = new InputPack(rand(5, 2), rand(5, 3));
        Assert.Throws<ArgumentException>(() => pack.Pack(rand(5, 3), rand(5, 2)));
        Assert.Throws<ArgumentException>(() => pack.Unpack(rand(5, 4)));
        var error = Assert.Throws<ArgumentException>(() => MultiInputModel.Of(new TwoInputs(), new InputPack(rand(5, 2), rand(5), rand(5))));
        Assert.StartsWith("The model has 2 inputs, but the pack has 3", error.Message, StringComparison.Ordinal);
    }

    private sealed class TwoInputs : nn.Module<Tensor, Tensor, Tensor>
    {
        [ComponentName(Name = "words")]
        private readonly Embedding _words = nn.Embedding(4, 5);
        private readonly Linear _first = nn.Linear(8, 16);
        private readonly Linear _last = nn.Linear(16, 2);

        public TwoInputs()
            : base(nameof(TwoInputs)) => RegisterComponents();

        public override Tensor forward(Tensor left, Tensor right) =>
            _last.call(nn.functional.relu(_first.call(cat([left, _words.call(right)], 1))));
    }
}
