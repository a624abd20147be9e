using DeepLearning.Training;
using DeepLearning.Training.Callbacks;

namespace DeepLearning.Tests.Training;

public sealed class HookTests : IDisposable
{
    private readonly TwoClasses _problem = new();
    private readonly List<string> _moments = [];

    public void Dispose() => _problem.Dispose();

    [Fact]
    public void Events_are_in_order()
    {
        Fit(TwoClasses.Options with { Epochs = 2, AccumulateGradientBatches = 2 }, validate: true);
        string[] epoch =
        [
            "before epoch", "before batch", "after batch", "before batch", "before step", "after step", "after batch", "before validation",
            "after validation", "after epoch",
        ];
        Assert.Equal(["before fit", .. epoch, .. epoch, "after fit", "tear down"], _moments);
    }

    [Fact]
    public void A_stop_within_an_epoch_skips_AfterEpoch_and_not_AfterFit()
    {
        Fit(TwoClasses.Options with { Epochs = 2 }, others: new StopAt(1));
        Assert.Equal(["before fit", "before epoch", "before batch", "before step", "after step", "after batch", "after fit", "tear down"], _moments);
    }

    [Fact]
    public void After_an_error_OnException_replaces_AfterFit()
    {
        var broken = TwoClasses.Options with { Loss = (_, _) => throw new TimeoutException() };
        Assert.Throws<TimeoutException>(() => Fit(broken));
        Assert.Equal(["before fit", "before epoch", "before batch", "on exception", "tear down"], _moments);
    }

    private void Fit(TrainerOptions options, bool validate = false, params Callback[] others)
    {
        using var network = TwoClasses.Network();
        Trainer.Fit(network, _problem.Batches(25), validate ? _problem.Batches() : null, options with { Callbacks = [new Noted(_moments), .. others] });
    }

    private sealed class StopAt(long step) : Callback
    {
        public override void AfterBatch(FitState fit)
        {
            if (fit.Step == step)
                fit.Stop("enough");
        }
    }

    private sealed class Noted(List<string> moments) : Callback
    {
        public override void BeforeFit(FitState fit) => moments.Add("before fit");

        public override void BeforeEpoch(FitState fit) => moments.Add("before epoch");

        public override void BeforeBatch(FitState fit) => moments.Add("before batch");

        public override void BeforeStep(FitState fit) => moments.Add("before step");

        public override void AfterStep(FitState fit) => moments.Add("after step");

        public override void AfterBatch(FitState fit) => moments.Add("after batch");

        public override void BeforeValidation(FitState fit) => moments.Add("before validation");

        public override void AfterValidation(FitState fit) => moments.Add("after validation");

        public override void AfterEpoch(FitState fit) => moments.Add("after epoch");

        public override void AfterFit(FitState fit) => moments.Add("after fit");

        public override void OnException(FitState fit, Exception exception) => moments.Add("on exception");

        public override void TearDown(FitState fit) => moments.Add("tear down");
    }
}
