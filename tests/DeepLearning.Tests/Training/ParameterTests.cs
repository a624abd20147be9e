using DeepLearning.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// Training without trainable parameters throws an exception.
public sealed class ParameterTests : IDisposable
{
    private readonly TwoClasses _problem = new();

    public void Dispose() => _problem.Dispose();

    [Fact]
    public void A_model_without_RegisterComponents_is_rejected()
    {
        using var model = new Forgetful();
        Assert.Contains("The optimizer got no parameters", Refused(model), StringComparison.Ordinal);
        Assert.Contains("RegisterComponents()", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_submodule_without_RegisterComponents_is_rejected_by_name()
    {
        using var model = Sequential(("block", (Module<Tensor, Tensor>)new Forgetful()), ("head", Linear(2, 2)));
        Assert.Contains("Forgetful 'block': its field '_layer'", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_whose_parameters_are_all_frozen_is_rejected()
    {
        using var model = TwoClasses.Network();
        foreach (var parameter in model.parameters())
            parameter.requires_grad = false;
        Assert.Contains("frozen", Refused(model), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_parameters_is_rejected()
    {
        using var model = Sequential(ReLU());
        Assert.Contains("The optimizer got no parameters", Refused(model), StringComparison.Ordinal);
    }

    private string Refused(Module<Tensor, Tensor> model) =>
        Assert.Throws<ArgumentException>(() => Trainer.Fit(model, _problem.Batches(), options: TwoClasses.Options)).Message;

    // the mistake that the trainer must report
#pragma warning disable TN1003
    private sealed class Forgetful() : Module<Tensor, Tensor>(nameof(Forgetful))
    {
        private readonly Linear _layer = Linear(2, 2);

        public override Tensor forward(Tensor input) => _layer.call(input);
    }
#pragma warning restore TN1003
}
