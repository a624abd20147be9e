using DeepLearning.Data;
using DeepLearning.Models;
using DeepLearning.Training;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

/// <summary>Trainings of dense networks without a graph beside trainings in which a hook makes the model be called.</summary>
public sealed class DirectGradientTests
{
    [Theory]
    [InlineData("dnn_mnist", 1, null)]
    [InlineData("neural_network", 1, null)]
    [InlineData("neural_network_as_in_tutorial", 3, 0.5)]
    public void Weights_and_scores_are_those_of_automatic_differentiation_bit_for_bit(string network, int accumulated, double? clip)
    {
        var (direct, history) = Train(network, isHooked: false, accumulated, clip);
        var (byGraph, expected) = Train(network, isHooked: true, accumulated, clip);
        Assert.Equal(byGraph, direct);
        Assert.Equal(expected.StepLosses, history.StepLosses);
        Assert.Equal(expected.Epochs[^1].Training, history.Epochs[^1].Training);
    }

    [Fact]
    public void A_label_without_a_class_gives_the_error_of_the_loss()
    {
        Assert.Equal(Error(isHooked: true), Error(isHooked: false));

        static string Error(bool isHooked)
        {
            using var scope = NewDisposeScope();
            using var model = NetworkFactory.GetNetwork("dnn_mnist");
            if (isHooked)
                model.register_forward_hook((_, _, output) => output);
            var batches = new TensorBatches(zeros(16, 1, 28, 28), full([16], 10, ScalarType.Int64), 16);
            return Assert.ThrowsAny<Exception>(() => Trainer.Fit(model, batches)).Message.Split('\n')[0];
        }
    }

    private static (float[] Weights, History History) Train(string network, bool isHooked, int accumulated, double? clip)
    {
        using var scope = NewDisposeScope();
        using var model = NetworkFactory.GetNetwork(network, seed: 31);
        if (isHooked)
            model.register_forward_hook((_, _, output) => output);
        var images = rand(200, 1, 28, 28);
        var batches = new TensorBatches(images, images.flatten(1).narrow(1, 0, 10).argmax(1), 16);
        var options = new TrainerOptions
        {
            Optimizer = parameters => optim.SGD(parameters, 0.01, momentum: 0.9),
            Epochs = 2,
            AccumulateGradientBatches = accumulated,
            GradientClipNorm = clip,
        };
        var result = Trainer.Fit(model, batches, options: options);
        return (TwoClasses.Weights(model), result.History);
    }
}
