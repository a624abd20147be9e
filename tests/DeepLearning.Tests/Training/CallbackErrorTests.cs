using DeepLearning.Data;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

// The exception of a callback reaches the caller, and every other callback is still torn down.
public sealed class CallbackErrorTests : TrainingTest
{
    [Fact]
    public void The_first_error_reaches_the_caller_as_it_was_thrown()
    {
        var thrown = new TimeoutException("the first");
        var error = Assert.Throws<TimeoutException>(() => Fit(new At(3, () => throw thrown), new Failing(afterFit: true, tearDown: true)));
        Assert.Same(thrown, error);
    }

    [Fact]
    public void All_callbacks_get_the_error_and_are_torn_down_even_if_others_throw()
    {
        List<string> calls = [];
        Assert.Throws<TimeoutException>(() => Fit(
            new Failing(onException: true, tearDown: true), new At(3, () => throw new TimeoutException()), new Noting(calls)));
        Assert.Equal(["on exception: TimeoutException", "tear down"], calls);
    }

    [Fact]
    public void Files_are_closed_and_the_best_weights_come_back_after_an_error()
    {
        using var network = TwoClasses.Network();
        float[] best = [];
        var fails = new LambdaCallback(afterBatch: fit =>
        {
            if (fit.Step == 7)
                best = TwoClasses.Weights(network);
            if (fit.Step == 10)
                throw new TimeoutException();
        });
        Assert.Throws<TimeoutException>(() => Trainer.Fit(network, Problem.Batches(), Problem.Batches(), TwoClasses.Options with
        {
            Epochs = 5,
            Callbacks = [fails, new EarlyStopping { RestoreBest = true }, new TensorBoardLogger(Folder.Path)],
        }));
        Assert.Equal(best, TwoClasses.Weights(network));
        foreach (var file in Directory.EnumerateFiles(Folder.Path))
            new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
    }

    [Fact]
    public void The_error_of_AfterFit_reaches_the_caller_and_the_others_are_torn_down()
    {
        List<string> calls = [];
        Assert.Throws<InvalidOperationException>(() => Fit(new Failing(afterFit: true), new Noting(calls)));
        Assert.Equal(["on exception: InvalidOperationException", "tear down"], calls);
    }

    [Fact]
    public void The_error_of_a_TearDown_is_thrown_after_all_were_torn_down()
    {
        List<string> calls = [];
        Assert.Throws<InvalidOperationException>(() => Fit(new Failing(tearDown: true), new Noting(calls)));
        Assert.Equal(["after fit", "tear down"], calls);
    }

    public static TheoryData<string> Moments =>
    [
        nameof(Callback.BeforeFit), nameof(Callback.BeforeEpoch), nameof(Callback.BeforeBatch), nameof(Callback.BeforeStep), nameof(Callback.AfterStep),
        nameof(Callback.AfterBatch), nameof(Callback.BeforeValidation), nameof(Callback.AfterValidation), nameof(Callback.AfterEpoch), nameof(Callback.AfterFit),
    ];

    [Theory]
    [MemberData(nameof(Moments))]
    public void An_error_in_any_event_reaches_the_caller_and_all_callbacks(string moment)
    {
        foreach (var thrown in new Exception[] { new TimeoutException(), new InsufficientMemoryException(), new OperationCanceledException() })
        {
            List<string> before = [], after = [];
            using var network = TwoClasses.Network();
            var error = Assert.Throws(thrown.GetType(), () => Trainer.Fit(
                network, Problem.Batches(), Problem.Batches(),
                TwoClasses.Options with { Callbacks = [new Noting(before), Throwing(moment, thrown), new Noting(after)] }));
            Assert.Same(thrown, error);
            string[] expected = [$"on exception: {thrown.GetType().Name}", "tear down"];
            Assert.Equal(expected, before.Where(call => call != "after fit"));
            Assert.Equal(expected, after);
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void An_error_after_a_cancellation_is_not_lost(string moment)
    {
        if (moment is nameof(Callback.BeforeFit) or nameof(Callback.BeforeEpoch))
            return; // these events are before the cancellation
        using var source = new CancellationTokenSource();
        using var network = TwoClasses.Network();
        var thrown = new TimeoutException();
        void Fit() => Trainer.Fit(
            network, Problem.Batches(50), Problem.Batches(), TwoClasses.Options with { Callbacks = [new LambdaCallback(beforeEpoch: _ => source.Cancel()), Throwing(moment, thrown)] }, source.Token);
        if (moment == nameof(Callback.AfterValidation))
            Fit(); // canceled validation has no AfterValidation
        else
            Assert.Same(thrown, Assert.Throws<TimeoutException>(Fit));
    }

    [Fact]
    public void An_error_of_the_data_reaches_the_callbacks()
    {
        List<string> calls = [];
        using var network = TwoClasses.Network();
        var thrown = new IOException("the file is gone");
        var options = TwoClasses.Options with { Callbacks = [new Noting(calls)] };
        Assert.Same(thrown, Assert.Throws<IOException>(() => Trainer.Fit(network, new Failed(thrown), options: options)));
        Assert.Equal(["on exception: IOException", "tear down"], calls);
    }

    private static LambdaCallback Throwing(string moment, Exception error)
    {
        Action<FitState>? At(string name) => moment == name ? _ => throw error : null;
        return new(
            At(nameof(Callback.BeforeFit)), At(nameof(Callback.BeforeEpoch)), At(nameof(Callback.BeforeBatch)), At(nameof(Callback.BeforeStep)),
            At(nameof(Callback.AfterStep)), At(nameof(Callback.AfterBatch)), At(nameof(Callback.AfterValidation)), At(nameof(Callback.AfterEpoch)),
            At(nameof(Callback.AfterFit)), beforeValidation: At(nameof(Callback.BeforeValidation)));
    }

    private void Fit(params Callback[] callbacks)
    {
        using var network = TwoClasses.Network();
        Trainer.Fit(network, Problem.Batches(), options: TwoClasses.Options with { Callbacks = callbacks });
    }

    private sealed class Failing(bool afterFit = false, bool onException = false, bool tearDown = false) : Callback
    {
        public override void AfterFit(FitState fit) => FailIf(afterFit);

        public override void OnException(FitState fit, Exception exception) => FailIf(onException);

        public override void TearDown(FitState fit) => FailIf(tearDown);

        private static void FailIf(bool fails)
        {
            if (fails)
                throw new InvalidOperationException("a later one");
        }
    }

    private sealed class Failed(Exception error) : IBatches
    {
        public int Count => 1;

        public IEnumerable<(Tensor Inputs, Tensor Targets)> Epoch(int skip = 0) => throw error;
    }

    private sealed class Noting(List<string> calls) : Callback
    {
        public override void AfterFit(FitState fit) => calls.Add("after fit");

        public override void OnException(FitState fit, Exception exception) => calls.Add($"on exception: {exception.GetType().Name}");

        public override void TearDown(FitState fit) => calls.Add("tear down");
    }
}
