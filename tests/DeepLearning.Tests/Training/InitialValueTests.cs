using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// A model whose values are infinite or NaN before the first step is rejected: no training would make them finite.
public sealed class InitialValueTests : TrainingTest
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_parameter_is_named_with_its_layer(double value)
    {
        using var model = Sequential(("body", Sequential(("first", Linear(2, 4)), ("second", Linear(4, 4)))), ("head", Linear(4, 2)));
        Set(((Linear)((Sequential)model[0])[1]).bias!, value);
        Assert.Equal(
            "The parameter 'body.second.bias' of Linear 'body.second' has infinite or NaN values before the first step. Initialize it, for example with torch.nn.init, or load the "
            + "weights of a training that did not diverge.",
            Refused(model).Split(" (Parameter")[0]);
    }

    [Fact]
    public void A_GroupNorm_that_is_not_initialized_is_answered_with_reset_parameters()
    {
        using var norm = GroupNorm(2, 4);
        Set(norm.weight!, double.NaN);
        Set(norm.bias!, 0);
        using var model = Sequential(Linear(2, 4), Unflatten(1, [4, 1]), norm, Flatten(), Linear(4, 2));
        Assert.Contains("'2.weight' of GroupNorm '2' has infinite or NaN values before the first step. TorchSharp does not initialize the weight and bias of GroupNorm: call "
            + "reset_parameters() where the layer is created.", Refused(model), StringComparison.Ordinal);
        norm.reset_parameters();
        Assert.Equal(7, Fit(model).Steps);
    }

    [Fact]
    public void A_model_without_submodules_is_named()
    {
        using var model = Linear(2, 2);
        Set(model.weight, double.NaN);
        Assert.StartsWith("The parameter 'weight' of Linear has", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_buffer_that_is_NaN_is_rejected()
    {
        using var norm = BatchNorm1d(4);
        using var model = Sequential(Linear(2, 4), norm, Linear(4, 2));
        Set(norm.running_var!, double.NaN);
        Assert.StartsWith("The buffer '1.running_var' of BatchNorm1d '1' has NaN values", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_and_frozen_parameters_may_be_infinite_but_not_NaN()
    {
        using var model = new Masked();
        Assert.Equal(["mask", "order"], model.named_buffers().Select(buffer => buffer.name).Order(StringComparer.Ordinal));
        Assert.Equal(7, Fit(model).Steps);
        Set(model.Frozen, double.NaN);
        Assert.StartsWith("The parameter 'Frozen' of Masked has NaN values", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_a_checkpoint_replace_values_that_are_NaN()
    {
        TrainerOptions Options(int epochs) => TwoClasses.Options with { Epochs = epochs, Callbacks = [new ModelCheckpoint(Folder.Path)] };
        using (var model = TwoClasses.Network())
            Trainer.Fit(model, Problem.Batches(), options: Options(1));
        using var resumed = TwoClasses.Network();
        Set(((Linear)resumed[0]).weight, double.NaN);
        Assert.Equal(14, Trainer.Fit(resumed, Problem.Batches(), options: Options(2)).Steps);
    }

    [Fact]
    public void Values_that_a_callback_initializes_are_accepted()
    {
        using var model = Linear(2, 2);
        Set(model.weight, double.NaN);
        var options = TwoClasses.Options with { Callbacks = [new LambdaCallback(beforeFit: _ => Set(model.weight, 0.1))] };
        Assert.Equal(7, Trainer.Fit(model, Problem.Batches(), options: options).Steps);
    }

    private static void Set(Tensor tensor, double value)
    {
        using (no_grad())
            tensor.fill_(value);
    }

    private FitResult Fit(Module<Tensor, Tensor> model) => Trainer.Fit(model, Problem.Batches(), options: TwoClasses.Options);

    private string Refused(Module<Tensor, Tensor> model)
    {
        var error = Assert.Throws<ArgumentException>(() => Fit(model));
        Assert.Equal("model", error.ParamName);
        return error.Message;
    }

    private sealed class Masked : Module<Tensor, Tensor>
    {
        public readonly Parameter Frozen = new(full(2, double.NegativeInfinity, float32), requires_grad: false);
        private readonly Linear _layer = Linear(2, 2);
        private readonly Tensor mask = full([2, 2], float.NegativeInfinity).triu(1);
        private readonly Tensor order = arange(2);

        public Masked()
            : base(nameof(Masked)) => RegisterComponents();

        public override Tensor forward(Tensor input) => _layer.call(input) + (mask.exp().sum() * order[0]);
    }
}
