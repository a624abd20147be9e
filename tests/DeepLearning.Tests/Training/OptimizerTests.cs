using DeepLearning.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

/// <summary>The optimizers of TorchSharp in <see cref="Trainer"/>, which disposes of the tensors in the scope of a batch.</summary>
public sealed class OptimizerTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, optim.Optimizer>> _optimizers = new()
    {
        ["SGD"] = parameters => optim.SGD(parameters, 0.05, momentum: 0.9, nesterov: true),
        ["Adam"] = parameters => optim.Adam(parameters, 0.01, amsgrad: true),
        ["AdamW"] = parameters => optim.AdamW(parameters, 0.01, amsgrad: true),
        ["NAdam"] = parameters => optim.NAdam(parameters, 0.01),
        ["RAdam"] = parameters => optim.RAdam(parameters, 0.01),
        ["Adamax"] = parameters => optim.Adamax(parameters, 0.01),
        ["Adagrad"] = parameters => optim.Adagrad(parameters, 0.05),
        ["Adadelta"] = parameters => optim.Adadelta(parameters, 1),
        ["ASGD"] = parameters => optim.ASGD(parameters, 0.05),
        ["RMSProp"] = parameters => optim.RMSProp(parameters, 0.01, momentum: 0.5, centered: true),
        ["Rprop"] = parameters => optim.Rprop(parameters, 0.01),
    };

    public static TheoryData<string> Names => [.. _optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_optimizer_keeps_its_state_from_batch_to_batch(string name)
    {
        using var problem = new TwoClasses();
        using var network = TwoClasses.Network();
        var options = new TrainerOptions { Epochs = 6, Optimizer = _optimizers[name] };
        var epochs = Trainer.Fit(network, problem.Batches(shuffle: true), options: options).History.Epochs;
        Assert.True(epochs[^1].Training.Loss < epochs[0].Training.Loss, $"{epochs[^1].Training.Loss} is not below {epochs[0].Training.Loss}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_optimizer_leaves_no_tensors(string name)
    {
        using var problem = new TwoClasses();
        using var network = TwoClasses.Network();
        var before = LiveTensors.OfThisThread;
        Trainer.Fit(network, problem.Batches(), options: new TrainerOptions { Epochs = 2, Optimizer = _optimizers[name] });
        Assert.Equal(before, LiveTensors.OfThisThread);
    }
}
