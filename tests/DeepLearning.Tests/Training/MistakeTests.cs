using System.Runtime.InteropServices;
using DeepLearning.Data;
using DeepLearning.Metrics;
using DeepLearning.Models;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Training;

// Frequent mistakes: each is an exception that names the mistake, before the first step if possible.
public sealed class MistakeTests : TrainingTest
{
    [Theory]
    [InlineData(ScalarType.Float64, "Sequential failed with inputs Float64 [8, 2] in its layer 0: mat1 and mat2 must have the same dtype, but got Double and Float. "
        + "The model's parameters are Float32: convert the inputs with .to(ScalarType.Float32).")]
    [InlineData(ScalarType.Int64, "convert the inputs with .to(ScalarType.Float32)")]
    [InlineData(ScalarType.Byte, "convert the inputs with .to(ScalarType.Float32)")]
    public void Inputs_of_another_type_than_the_model_are_named_with_the_conversion(ScalarType type, string message)
    {
        using var model = Sequential(Linear(2, 4), ReLU(), Linear(4, 3));
        using var inputs = ones(8, 2, type);
        using var classes = zeros(8, int64);
        var batches = new TensorBatches(inputs, classes);
        foreach (var error in Errors(model, batches))
        {
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
            Assert.IsAssignableFrom<ExternalException>(error.InnerException);
        }
    }

    [Fact]
    public void Inputs_of_another_shape_are_named_with_the_layer_that_rejects_them()
    {
#pragma warning disable TN1026 // the mistake that the trainer must report
        using var model = Sequential(("body", Linear(2, 4)), ("head", Linear(5, 3)));
#pragma warning restore TN1026
        using var inputs = ones(8, 2);
        using var classes = zeros(8, int64);
        foreach (var error in Errors(model, new TensorBatches(inputs, classes)))
            Assert.Equal("Sequential failed with inputs Float32 [8, 2] in its layer head: mat1 and mat2 shapes cannot be multiplied (8x4 and 5x3).", error.Message.Split(" (Parameter")[0]);
        Assert.All(model.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void Images_with_another_number_of_channels_are_named_with_the_layer()
    {
        using var model = Sequential(Conv2d(1, 2, 3), Flatten(), Linear(8, 3));
        using var images = zeros(5, 3, 4, 4);
        using var classes = zeros(5, int64);
        foreach (var error in Errors(model, new TensorBatches(images, classes)))
            Assert.StartsWith("Sequential failed with inputs Float32 [5, 3, 4, 4] in its layer 0: Expected 3D", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_that_an_embedding_does_not_have_is_named_with_the_layer_and_without_a_conversion()
    {
        using var model = Sequential(Embedding(5, 4), Flatten(), Linear(8, 3));
        using var inputs = full([6, 2], 5, int64);
        using var classes = zeros(6, int64);
        foreach (var error in Errors(model, new TensorBatches(inputs, classes)))
            Assert.Equal("Sequential failed with inputs Int64 [6, 2] in its layer 0: index out of range in self.", error.Message.Split(" (Parameter")[0]);
    }

    [Fact]
    public void An_exception_of_the_model_reaches_the_caller_unchanged()
    {
        using var model = new Failing();
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, Problem.Batches()));
        Assert.Equal("the model's own", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tensors_that_were_disposed_of_are_named(bool isInputs)
    {
        using var model = TwoClasses.Network();
        using var inputs = randn(8, 2);
        using var classes = zeros(8, int64);
        var batches = new TensorBatches(inputs, classes, batchSize: 4);
        (isInputs ? inputs : classes).Dispose();
        var error = Assert.Throws<ObjectDisposedException>(() => Trainer.Fit(model, batches));
        Assert.Contains($"The {(isInputs ? "inputs" : "targets")} of TensorBatches were disposed of", error.Message, StringComparison.Ordinal);
        if (isInputs)
            Assert.Throws<ObjectDisposedException>(() => Predict.Classes(model, inputs));
    }

    [Fact]
    public void An_optimizer_of_another_model_is_rejected()
    {
        using var other = TwoClasses.Network();
        Assert.Contains("only those of another model", Refused(TwoClasses.Options with { Optimizer = _ => optim.Adam(other.parameters()) }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_that_is_not_a_number_is_rejected(double rate) =>
        Assert.Contains("The learning rate of the SGD is", Refused(TwoClasses.Options with { Optimizer = parameters => optim.SGD(parameters, rate) }), StringComparison.Ordinal);

    [Fact]
    public void A_negative_learning_rate_of_a_part_is_rejected()
    {
        using var model = Sequential(("body", Linear(2, 4)), ("head", Linear(4, 2)));
        var options = TwoClasses.Options with { Optimizer = LayerRates.SGD([(model.children().First(), 0.1), (model.children().Last(), -0.1)]) };
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, Problem.Batches(), options: options));
        Assert.Contains("The learning rate of the SGD is -0.1; it must be a finite number of at least 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_of_an_earlier_training_is_rejected()
    {
        using var model = TwoClasses.Network();
        var own = optim.Adam(model.parameters());
        var options = TwoClasses.Options with { Optimizer = _ => own };
        Trainer.Fit(model, Problem.Batches(), options: options);
        Assert.Contains("must create a new one in each call", Assert.Throws<ArgumentException>(() => Trainer.Fit(model, Problem.Batches(), options: options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optimizer_that_needs_a_closure_is_rejected_before_the_first_batch()
    {
        using var network = TwoClasses.Network();
        var options = TwoClasses.Options with { Optimizer = parameters => optim.LBFGS(parameters) };
        foreach (var callbacks in new Callback[][] { [], [new ModelCheckpoint(Folder.Path)] })
        {
            var error = Assert.Throws<NotSupportedException>(() => Trainer.Fit(network, Problem.Batches(), options: options with { Callbacks = callbacks }));
            Assert.Contains("does not support LBFGS", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Sparse_tensors_are_rejected_with_the_conversion()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("inputs are sparse", Assert.Throws<ArgumentException>(() => new TensorBatches(eye(4).to_sparse(), zeros(4))).Message, StringComparison.Ordinal);
        Assert.Contains(".to_dense()", Assert.Throws<ArgumentException>(() => new TensorBatches(zeros(4), eye(4).to_sparse())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_explained_where_TensorBoard_records_the_graph()
    {
        using var model = Sequential(Linear(2, 4), Linear(4, 3));
        using var inputs = ones(8, 5);
        using var classes = zeros(8, int64);
        var options = TwoClasses.Options with { Callbacks = [new TensorBoardLogger(Folder.Path)] };
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, classes), options: options));
        Assert.StartsWith("Sequential failed with inputs Float32 [8, 5] in its layer 0: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_metric_with_a_single_output_is_answered_with_those_that_fit()
    {
        using var model = Linear(2, 1);
        using var inputs = ones(8, 2);
        using var targets = ones(8, 1);
        var error = Assert.Throws<ArgumentException>(() => Trainer.Fit(model, new TensorBatches(inputs, targets), options: new TrainerOptions { Loss = Losses.BinaryCrossEntropy() }));
        Assert.Contains("For a single output, use Losses.BinaryCrossEntropy() with Metric.BinaryAccuracy()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scheduler_of_another_optimizer_is_rejected()
    {
        using var model = TwoClasses.Network();
        using var other = optim.SGD(model.parameters(), 0.1);
        var options = TwoClasses.Options with { Epochs = 3, Optimizer = parameters => optim.SGD(parameters, 0.1) };
        var error = Assert.Throws<ArgumentException>(
            () => Trainer.Fit(model, Problem.Batches(), options: options with { Scheduler = _ => optim.lr_scheduler.StepLR(other, 1) }));
        Assert.Contains("another optimizer", error.Message, StringComparison.Ordinal);
        // an optimizer of the caller's, which the trainer replaces, shares its parameter groups
        var own = optim.SGD(model.parameters(), 0.1);
        var result = Trainer.Fit(model, Problem.Batches(), options: options with { Optimizer = _ => own, Scheduler = optimizer => optim.lr_scheduler.StepLR(optimizer, 1) });
        Assert.Equal([0.1, 0.01, 0.001], result.History.Epochs.Select(epoch => Math.Round(epoch.LearningRate, 9)));
    }

    [Fact]
    public void Options_that_are_null_are_named()
    {
        Assert.Contains("'Loss'", Refused(TwoClasses.Options with { Loss = null! }), StringComparison.Ordinal);
        Assert.Contains("'Optimizer'", Refused(TwoClasses.Options with { Optimizer = null! }), StringComparison.Ordinal);
        Assert.Contains("'Metrics'", Refused(TwoClasses.Options with { Metrics = null! }), StringComparison.Ordinal);
        Assert.Contains("'Callbacks'", Refused(TwoClasses.Options with { Callbacks = null! }), StringComparison.Ordinal);
        Assert.Contains("TrainerOptions.Callbacks has null at the index 1", Refused(TwoClasses.Options with { Callbacks = [new Progress(_ => _ => { }), null!] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_callback_that_is_in_the_list_twice_is_rejected()
    {
        // it would count each validation twice, so its patience would be half as long
        var stopping = new EarlyStopping();
        Assert.Contains("the same EarlyStopping twice", Refused(TwoClasses.Options with { Callbacks = [stopping, stopping] }), StringComparison.Ordinal);
        using var model = TwoClasses.Network();
        Trainer.Fit(model, Problem.Batches(), options: TwoClasses.Options with { Callbacks = [new EarlyStopping(), new EarlyStopping { Monitor = Objective.Accuracy }] });
    }

    [Fact]
    public void Two_checkpoints_in_the_same_folder_are_rejected()
    {
        Callback[] callbacks = [new ModelCheckpoint(Folder.Path), new ModelCheckpoint(Folder["x/.."]) { Monitor = Objective.Accuracy }];
        Assert.Contains("would replace each other's best checkpoint", Refused(TwoClasses.Options with { Callbacks = callbacks }), StringComparison.Ordinal);
        using var model = TwoClasses.Network();
        Trainer.Fit(model, Problem.Batches(), options: TwoClasses.Options with { Callbacks = [new ModelCheckpoint(Folder["a"]), new ModelCheckpoint(Folder["b"])] });
        Assert.True(File.Exists(Folder["b/best.pth"]));
    }

    [Theory]
    [InlineData("val_loss", "Use the name 'loss'")]
    [InlineData("validation loss", "Use the name 'loss'")]
    [InlineData("val_accuracy", "Use the name 'accuracy'")]
    [InlineData("val_f1", "Add the metric to TrainerOptions.Metrics")]
    public void The_name_of_a_validation_score_in_Keras_is_answered_with_the_name_here(string name, string advice) => Assert.Contains(
        advice, Refused(TwoClasses.Options with { Callbacks = [new EarlyStopping { Monitor = new Objective(name, HigherIsBetter: false) }] }), StringComparison.Ordinal);

    [Theory]
    [InlineData("loss", true)]
    [InlineData("accuracy", false)]
    public void The_wrong_direction_of_a_score_is_rejected(string name, bool higherIsBetter)
    {
        var monitor = new Objective(name, higherIsBetter);
        Assert.Contains("a " + (higherIsBetter ? "lower" : "higher") + " value is better", Refused(TwoClasses.Options with { Callbacks = [new EarlyStopping { Monitor = monitor }] }), StringComparison.Ordinal);
        Assert.Contains("a " + (higherIsBetter ? "lower" : "higher") + " value is better", Refused(TwoClasses.Options with { Callbacks = [new ModelCheckpoint(Folder.Path) { Monitor = monitor }] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_without_gradients_is_rejected()
    {
        foreach (var loss in new Func<Tensor, Tensor, Tensor>[]
        {
            (outputs, targets) => functional.cross_entropy(outputs.detach(), targets),
            (outputs, targets) => outputs.argmax(1).ne(targets).to(float32).mean(),
        })
        {
            Assert.Contains("no gradients", Refused(TwoClasses.Options with { Loss = loss }), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_part_of_another_model_cannot_be_unfrozen()
    {
        using var other = Linear(2, 2);
        Assert.Contains("not a submodule", Refused(TwoClasses.Options with { Callbacks = [new UnfreezeAt(other, epoch: 2)] }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_was_disposed_of_is_named()
    {
        var model = TwoClasses.Network();
        model.Dispose();
        Assert.Contains("disposed of", Assert.Throws<ArgumentException>(() => Trainer.Fit(model, Problem.Batches())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_without_a_column_of_weights_are_rejected_by_weighted_losses_and_metrics()
    {
        using var model = TwoClasses.Network();
        using var inputs = randn(8, 2);
        using var classes = zeros(8, int64);
        using var weights = ones(8);
        using var weighted = new WeightedTargets(classes, weights);
        var options = new TrainerOptions { Loss = weighted.Loss((outputs, targets) => functional.cross_entropy(outputs, targets, reduction: Reduction.None)), Metrics = [] };
        var (plain, both) = (new TensorBatches(inputs, classes), new TensorBatches(inputs, weighted.Tensor));
        Assert.Contains("have no weights", Assert.Throws<ArgumentException>(() => Trainer.Fit(model, plain, options: options)).Message, StringComparison.Ordinal);
        Assert.Contains("have no weights", Assert.Throws<ArgumentException>(() => Trainer.Fit(model, both, plain, options)).Message, StringComparison.Ordinal);
        var mean = options with { Loss = weighted.Loss((outputs, targets) => functional.cross_entropy(outputs, targets)) };
        Assert.Contains("Reduction.None", Assert.Throws<ArgumentException>(() => Trainer.Fit(model, both, options: mean)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_rejected_with_its_path_and_the_differences()
    {
        using var model = Sequential(("body", Linear(2, 4)), ("head", Linear(4, 2)));
        var options = TwoClasses.Options with { Callbacks = [new ModelCheckpoint(Folder.Path)] };
        Trainer.Fit(model, Problem.Batches(), options: options);
        var path = Folder[ModelCheckpoint.LastName];
        using var wider = Sequential(("body", Linear(2, 5)), ("head", Linear(5, 2)));
        using var other = Sequential(("head", Linear(2, 2)));
        var start = $"{path} has the weights of another model than this Sequential: ";
        foreach (var error in new[]
        {
            Assert.Throws<InvalidOperationException>(() => Trainer.Fit(wider, Problem.Batches(), options: options with { Epochs = 9 })),
            Assert.Throws<InvalidOperationException>(() => wider.LoadCheckpoint(path)),
        })
        {
            Assert.StartsWith(start + "other shapes have body.weight ([4, 2] in the file, [5, 2] in the model), ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("strict", error.Message, StringComparison.Ordinal);
        }
        var names = Assert.Throws<InvalidOperationException>(() => other.LoadCheckpoint(path)).Message;
        Assert.StartsWith(start + "it also has body.weight, body.bias; other shapes have head.weight ([2, 4] in the file, [2, 2] in the model). ", names, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_with_another_state_of_the_optimizer_is_rejected_with_its_path()
    {
        using var model = TwoClasses.Network();
        var options = TwoClasses.Options with { Optimizer = parameters => optim.Adam(parameters), Callbacks = [new ModelCheckpoint(Folder.Path)] };
        Trainer.Fit(model, Problem.Batches(), options: options);
        foreach (var optimizer in new Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer>[] { parameters => optim.Adam(parameters, amsgrad: true), parameters => optim.Adam(parameters.Take(2)) })
        {
            var error = Assert.Throws<InvalidOperationException>(() => Trainer.Fit(model, Problem.Batches(), options: options with { Epochs = 9, Optimizer = optimizer }));
            Assert.StartsWith($"The optimizer cannot continue from {Folder[ModelCheckpoint.LastName]}. ", error.Message, StringComparison.Ordinal);
        }
    }

    private string Refused(TrainerOptions options)
    {
        using var model = TwoClasses.Network();
        var before = TwoClasses.Weights(model);
        var message = Assert.ThrowsAny<ArgumentException>(() => Trainer.Fit(model, Problem.Batches(), Problem.Batches(), options)).Message;
        Assert.Equal(before, TwoClasses.Weights(model));
        return message;
    }

    private sealed class Failing : Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear _layer = Linear(2, 2);

        public Failing()
            : base(nameof(Failing)) => RegisterComponents();

        public override Tensor forward(Tensor input) =>
            _layer.call(input).shape[1] == 2 ? throw new ArgumentException("the model's own") : input;
    }

    /// <summary>Returns the errors of training, measurement and prediction.</summary>
    private static IEnumerable<ArgumentException> Errors(Module<Tensor, Tensor> model, TensorBatches batches) =>
    [
        Assert.Throws<ArgumentException>(() => Trainer.Fit(model, batches)),
        Assert.Throws<ArgumentException>(() => Evaluator.Measure(model, batches)),
        Assert.Throws<ArgumentException>(() => Predict.Classes(model, batches)),
        Assert.Throws<ArgumentException>(() => Predictions.Of(model, batches)),
    ];
}
