using DeepLearning.Charts;
using DeepLearning.Metrics;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// Training and evaluation restore the mode of submodules.
public sealed class ModeTests : IDisposable
{
    private readonly TwoClasses _problem = new();
    private readonly BatchNorm1d _norm = BatchNorm1d(2);
    private readonly Sequential _model;

    public ModeTests() => _model = Sequential(_norm, Linear(2, 4), Dropout(0.5), Linear(4, 2));

    public void Dispose()
    {
        _model.Dispose();
        _problem.Dispose();
    }

    [Fact]
    public void Measuring_predicting_and_drawing_restore_the_mode_of_every_submodule()
    {
        _norm.eval();
        Evaluator.Measure(_model, _problem.Batches());
        Check();
        Predictions.Of(_model, _problem.Batches());
        Check();
        using var points = randn(3, 2);
        using var labels = zeros(3, int64);
        Chart.DecisionRegions(_model, points, labels);
        Check();

        void Check() => Assert.Equal([true, false, true], new[] { _model.training, _norm.training, ((Module)_model[2]).training });
    }

    [Fact]
    public void Fit_keeps_a_frozen_batch_norm_frozen()
    {
        _norm.eval();
        Trainer.Fit(_model, _problem.Batches(), _problem.Batches(), new TrainerOptions { Epochs = 2, ValidateEverySteps = 3 });
        Assert.False(_norm.training);
        Assert.Equal([0f, 0f], _norm.running_mean!.data<float>().ToArray());
    }

    [Fact]
    public void Fit_trains_a_model_that_a_prediction_left_in_evaluation_mode()
    {
        _model.eval();
        Trainer.Fit(_model, _problem.Batches(), options: new TrainerOptions());
        Assert.True(_norm.training);
        Assert.NotEqual([0f, 0f], _norm.running_mean!.data<float>().ToArray());
    }

    [Fact]
    public void Fit_leaves_submodules_with_frozen_parameters_in_evaluation_mode()
    {
        _model.eval();
        foreach (var parameter in _norm.parameters())
            parameter.requires_grad = false;
        Trainer.Fit(_model, _problem.Batches(), options: new TrainerOptions());
        Assert.True(_model.training);
        Assert.Equal([0f, 0f], _norm.running_mean!.data<float>().ToArray());
    }

    [Fact]
    public void A_callback_that_leaves_evaluation_mode_on_does_not_affect_training()
    {
        Trainer.Fit(_model, _problem.Batches(), options: new TrainerOptions { Epochs = 2, Callbacks = [new Evaluating()] });
        Assert.True(_norm.num_batches_tracked!.item<long>() == 14);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_callback_that_calls_train_does_not_train_frozen_parts(bool isNested)
    {
        using Module<Tensor, Tensor> model = isNested ? Sequential(Sequential(Sequential(_norm)), Linear(2, 2)) : _model;
        foreach (var parameter in _norm.parameters())
            parameter.requires_grad = false;
        _norm.eval();
        Trainer.Fit(model, _problem.Batches(), _problem.Batches(), new TrainerOptions
        {
            Epochs = 3,
            Callbacks =
            [
                new LambdaCallback(afterEpoch: fit =>
                {
                    fit.Model.eval();
                    fit.Model.train();
                }),
            ],
        });
        Assert.Equal([0f, 0f], _norm.running_mean!.data<float>().ToArray());
        Assert.Equal(0, _norm.num_batches_tracked!.item<long>());
    }

    private sealed class Evaluating : Callback
    {
        public override void AfterEpoch(FitState fit)
        {
            if (fit.EpochsDone == 1)
                fit.Model.eval();
        }
    }
}
