using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

// Resumed training uses changed settings, or throws an exception with both values.
public sealed class ResumeTests : TrainingTest
{
    private string Last => Path.Combine(Folder.Path, ModelCheckpoint.LastName);

    [Theory]
    [InlineData(25, "7 batches in an epoch; this training has 2")]
    [InlineData(4, "7 batches in an epoch; this training has 13")]
    public void Other_batches_within_an_epoch_are_rejected(int batchSize, string message)
    {
        Interrupt(step: 5);
        var error = Assert.Throws<InvalidOperationException>(() => Fit(TwoClasses.Options, batchSize));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_batches_are_accepted_between_epochs()
    {
        Fit(TwoClasses.Options);
        Assert.Equal(7 + 2, Fit(TwoClasses.Options with { Epochs = 2 }, batchSize: 25).Steps);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Other_training_data_are_rejected_unless_they_are_allowed(int step)
    {
        if (step < 7)
            Interrupt(step);
        else
            Fit(TwoClasses.Options);
        using var inputs = randn(50, 2);
        using var classes = zeros(50, int64);
        using var model = TwoClasses.Network();
        TrainerOptions Resumed(bool allowed) => TwoClasses.Options with { Epochs = 2, Callbacks = [new ModelCheckpoint(Folder.Path) { AllowOtherData = allowed }] };
        var others = new TensorBatches(inputs, classes, 8);
        var error = Assert.Throws<InvalidOperationException>(() => Trainer.Fit(model, others, options: Resumed(allowed: false)));
        Assert.Matches(@"other training data: 50 samples \([0-9a-f]{16}\); this training has 50 samples \([0-9a-f]{16}\)\. Use a folder for each training", error.Message);
        Assert.Equal(14, Trainer.Fit(model, others, options: Resumed(allowed: true)).Steps);
        Assert.Throws<InvalidOperationException>(() => Fit(TwoClasses.Options));
    }

    [Fact]
    public void Other_validation_data_are_rejected_unless_they_are_allowed()
    {
        using var scope = NewDisposeScope();
        using var model = TwoClasses.Network();
        var train = new TensorBatches(randn(50, 2), zeros(50, int64), 8);
        TensorBatches Validation(double value) => new(full([10, 2], value), zeros(10, int64));
        TrainerOptions Options(int epochs, bool allowed = false) =>
            TwoClasses.Options with { Epochs = epochs, Callbacks = [new ModelCheckpoint(Folder.Path) { AllowOtherData = allowed }] };
        Trainer.Fit(model, train, Validation(0), Options(1));
        var error = Assert.Throws<InvalidOperationException>(() => Trainer.Fit(model, train, Validation(1), Options(2)));
        Assert.StartsWith("The checkpoint was written with other validation data: 10 samples", error.Message, StringComparison.Ordinal);
        Assert.Equal(14, Trainer.Fit(model, train, Validation(0), Options(2)).Steps);
        Assert.Equal(21, Trainer.Fit(model, train, Validation(1), Options(3, allowed: true)).Steps);
        // without validation, there is nothing to compare
        Assert.Equal(28, Trainer.Fit(model, train, options: Options(4)).Steps);
    }

    [Fact]
    public void The_folds_of_a_cross_validation_do_not_resume_from_each_other()
    {
        using var scope = NewDisposeScope();
        var x = randn(40, 2);
        var table = new TableData("points", x, x.sum(1, keepdim: true), ["a", "b"], ["sum"]);
        var options = new TrainerOptions { Loss = Losses.MeanSquaredError(), Metrics = [], Callbacks = [new ModelCheckpoint(Folder.Path)] };
        var folds = table.KFold(4).ToList();
        using var model = nn.Linear(2, 1);
        Trainer.Fit(model, folds[0].Train.Batches(10), folds[0].Validation.Batches(), options);
        foreach (var (train, validation) in folds.Skip(1))
            Assert.Throws<InvalidOperationException>(() => Trainer.Fit(model, train.Batches(10), validation.Batches(), options));
        // the same fold in another order and another batch size
        Assert.Equal(3 + 6, Trainer.Fit(model, table.KFold(4).First().Train.Batches(5, shuffle: true), options: options with { Epochs = 2 }).Steps);
    }

    [Fact]
    public void Other_images_labels_or_targets_have_another_fingerprint()
    {
        using var scope = NewDisposeScope();
        var pixels = randint(0, 256, [300, 1, 4, 4], uint8);
        var labels = randint(0, 3, [300], int64);
        string Of(Tensor images, Tensor classes, Tensor? targets = null) =>
            ((IFingerprinted)new BatchLoader(ImageDataset.Of("some", images, classes, ["a", "b", "c"]), 7, targets: targets)).Fingerprint();
        var one = Of(pixels, labels);
        Assert.Equal(one, Of(pixels.clone(), labels.clone()));
        var relabeled = labels.clone();
        relabeled[299] = (labels[299] + 1) % 3;
        Assert.Equal(6, new[] { one, Of(255 - pixels, labels), Of(pixels, relabeled), Of(pixels, labels, zeros(300)), Of(pixels, labels, ones(300)), Of(pixels[..299], labels[..299]) }.Distinct().Count());
        Assert.StartsWith("300 samples (", one, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_accumulated_batches_within_an_epoch_is_rejected()
    {
        Interrupt(step: 5);
        var error = Assert.Throws<InvalidOperationException>(() => Fit(TwoClasses.Options with { AccumulateGradientBatches = 2 }));
        Assert.Contains("1 accumulated batches; this training has 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_metrics_are_rejected_within_an_epoch_and_accepted_between_epochs()
    {
        Interrupt(step: 5);
        var error = Assert.Throws<InvalidOperationException>(() => Fit(TwoClasses.Options with { Metrics = [Metric.F1()] }));
        Assert.Contains("[accuracy]; this training has [f1]", error.Message, StringComparison.Ordinal);
        Fit(TwoClasses.Options);
        var history = Fit(TwoClasses.Options with { Epochs = 2, Metrics = [Metric.F1()] }).History;
        Assert.Equal(["accuracy", "f1"], history.Epochs.Select(epoch => epoch.Training.Metrics.Keys.Single()));
        Assert.Null(history.Table()["f1"][0]);
    }

    [Fact]
    public void A_changed_learning_rate_is_used()
    {
        Fit(TwoClasses.Options);
        var history = Fit(TwoClasses.Options with { Epochs = 2, Optimizer = parameters => optim.SGD(parameters, 0.025, momentum: 0.9) }).History;
        Assert.Equal([0.1, 0.025], history.Epochs.Select(epoch => epoch.LearningRate));
    }

    [Fact]
    public void Other_changed_settings_of_the_optimizer_are_used()
    {
        Fit(TwoClasses.Options);
        var decay = double.NaN;
        Fit(TwoClasses.Options with { Epochs = 2, Optimizer = parameters => optim.SGD(parameters, 0.1, momentum: 0.9, weight_decay: 0.25) }, others: new LambdaCallback(
            beforeBatch: fit => decay = ((TorchSharp.Modules.SGD.Options)((TorchSharp.Modules.OptimizerHelper)fit.Optimizer).state_dict().Options[0]).weight_decay!.Value));
        Assert.Equal(0.25, decay);
    }

    [Fact]
    public void A_learning_rate_that_a_callback_lowered_is_kept()
    {
        void Lowered(FitState fit)
        {
            foreach (var group in fit.Optimizer.ParamGroups)
                group.LearningRate = 0.0625;
        }
        Fit(TwoClasses.Options, others: new LambdaCallback(afterEpoch: Lowered));
        var history = Fit(TwoClasses.Options with { Epochs = 2 }).History;
        Assert.Equal([0.1, 0.0625], history.Epochs.Select(epoch => epoch.LearningRate));
    }

    [Fact]
    public void A_changed_learning_rate_under_a_scheduler_is_rejected_with_both_values()
    {
        TrainerOptions Halving(double rate) => TwoClasses.Options with
        {
            Epochs = 2,
            Optimizer = parameters => optim.SGD(parameters, rate),
            Scheduler = optimizer => optim.lr_scheduler.ExponentialLR(optimizer, 0.5),
        };
        Fit(Halving(0.1) with { Epochs = 1 });
        var error = Assert.Throws<InvalidOperationException>(() => Fit(Halving(0.3)));
        Assert.Contains("learning rate 0.1; this training has 0.3", error.Message, StringComparison.Ordinal);
        Assert.Equal([0.1, 0.05], Fit(Halving(0.1)).History.Epochs.Select(epoch => epoch.LearningRate));
    }

    [Fact]
    public void Another_optimizer_is_rejected_with_both_names()
    {
        Fit(TwoClasses.Options);
        var error = Assert.Throws<InvalidOperationException>(() => Fit(TwoClasses.Options with { Epochs = 2, Optimizer = parameters => optim.Adam(parameters) }));
        Assert.Contains("optimizer SGD; this training has Adam", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_added_or_removed_scheduler_is_rejected()
    {
        Fit(TwoClasses.Options);
        var scheduled = TwoClasses.Options with { Epochs = 2, Scheduler = optimizer => optim.lr_scheduler.StepLR(optimizer, 1) };
        var error = Assert.Throws<InvalidOperationException>(() => Fit(scheduled));
        Assert.Contains("scheduler none; this training has StepLR", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_larger_patience_continues_training_that_a_smaller_one_ended()
    {
        var frozen = new TrainerOptions { Epochs = 20, Optimizer = parameters => optim.SGD(parameters, 0) };
        Assert.Equal(3, Fit(frozen, others: new EarlyStopping { Patience = 2 }).History.Epochs.Count);
        Assert.Equal(3, Fit(frozen, others: new EarlyStopping { Patience = 2 }).History.Epochs.Count);
        Assert.Equal(6, Fit(frozen, others: new EarlyStopping { Patience = 5 }).History.Epochs.Count);
        var ended = Fit(frozen, others: new EarlyStopping { Patience = 3 });
        Assert.Equal(6, ended.History.Epochs.Count);
        Assert.Contains("5 times in a row", ended.StopReason, StringComparison.Ordinal);
        Assert.Equal(20, Fit(frozen).History.Epochs.Count);
    }

    [Fact]
    public void Another_monitored_score_is_rejected_with_both_names()
    {
        Fit(TwoClasses.Options, others: new EarlyStopping());
        var error = Assert.Throws<InvalidOperationException>(() => Fit(TwoClasses.Options, others: new EarlyStopping { Monitor = Objective.Accuracy }));
        Assert.Contains("monitors 'loss'; this one monitors 'accuracy'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_checkpoint_is_rejected_with_advice()
    {
        Fit(TwoClasses.Options);
        var bytes = File.ReadAllBytes(Last);
        File.WriteAllBytes(Last, bytes[..(bytes.Length / 2)]);
        var error = Assert.Throws<InvalidDataException>(() => Fit(TwoClasses.Options));
        Assert.Contains(Last, error.Message, StringComparison.Ordinal);
        Assert.Contains("Delete it to start the training from its beginning, or replace it by an earlier checkpoint: best.pth", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_without_an_entry_is_rejected_with_advice()
    {
        Fit(TwoClasses.Options);
        var content = (Dictionary<object, object?>)PyTorchFile.Load(Last)!;
        content.Remove("history");
        PyTorchFile.Save(content, Last);
        var error = Assert.Throws<InvalidDataException>(() => Fit(TwoClasses.Options));
        Assert.Contains("history", error.Message, StringComparison.Ordinal);
        Assert.Contains("Delete it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_with_state_resume_within_an_epoch()
    {
        var options = TwoClasses.Options with { Metrics = [Metric.F1(), Metric.Auc()] };
        using var network = TwoClasses.Network();
        var expected = Trainer.Fit(network, Problem.Batches(), options: options).History.Epochs[0].Training;
        Interrupt(step: 5, options);
        Assert.Equal(expected, Fit(options).History.Epochs[0].Training);
    }

    private void Interrupt(long step, TrainerOptions? options = null) => Assert.Throws<TimeoutException>(
        () => Fit(options ?? TwoClasses.Options, others: new At(step + 1, () => throw new TimeoutException("pulled the plug"))));

    private FitResult Fit(TrainerOptions options, int batchSize = 8, params Callback[] others)
    {
        using var network = TwoClasses.Network();
        return Trainer.Fit(network, Problem.Batches(batchSize), options: options with
        {
            Callbacks = [.. others, new ModelCheckpoint(Folder.Path) { EverySteps = 1 }],
        });
    }
}
