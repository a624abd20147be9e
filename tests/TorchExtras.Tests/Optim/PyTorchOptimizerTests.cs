using System.Text.Json;
using TorchSharp.Extras.Tests.Files;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Optim;

// States of optimizers in files from PyTorch and for PyTorch.
public sealed class PyTorchOptimizerTests : IDisposable
{
    private static readonly float[] _weights = [0.5f, -1, 2], _gradient = [1, -2, 0.5f];

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void A_state_that_PyTorch_saved_is_loaded_completely()
    {
        using var net = PyTorchFileTests.Network();
        using var adam = optim.Adam(net.parameters(), 0.5, beta1: 0.5);

        adam.load_py(Path.Combine(AppContext.BaseDirectory, "Files", "Fixtures", "adam.pth"));

        var states = adam.state_dict().State.Cast<Adam.State>().ToList();
        Assert.Equal(0.01, adam.ParamGroups.Single().LearningRate);
        Assert.Equal((0.9, 0.999), ((optim.IBetas)adam.ParamGroups.Single()).Betas);
        Assert.All(states, state => Assert.Equal(1, state.step));
        // the gradient of the summed loss with respect to the last layer's bias is 2, one for each sample
        Assert.All(states[^1].exp_avg.data<float>().ToArray(), value => Assert.Equal(0.2f, value, 1e-6f));
    }

    [Fact]
    public void The_layout_equals_PyTorchs()
    {
        var weight = new Parameter(tensor(_weights));
        var optimizer = Optimizers.Create("Adam", weight);

        Step(weight, optimizer);
        var state = optimizer.state_dict_py();

        Assert.Equal(["state", "param_groups"], state.Keys);
        var group = (Dictionary<string, object?>)((List<object?>)state["param_groups"]!).Single()!;
        Assert.Equal(
            ["amsgrad", "betas", "eps", "initial_lr", "lr", "maximize", "params", "weight_decay"], group.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([0.8, 0.9], (object?[])group["betas"]!);
        var first = (Dictionary<string, object?>)((Dictionary<object, object?>)state["state"]!)[0L]!;
        Assert.Equal(["exp_avg", "exp_avg_sq", "max_exp_avg_sq", "step"], first.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_state_without_steps_of_another_kind_of_optimizer_is_rejected()
    {
        using var model = nn.Linear(2, 2);
        OptimizerHelper[] optimizers = [optim.SGD(model.parameters(), 0.1), optim.Adam(model.parameters()), optim.RMSProp(model.parameters()), optim.Adagrad(model.parameters())];
        foreach (var from in optimizers)
        {
            foreach (var to in optimizers)
            {
                if (from == to)
                    to.load_state_dict_py(from.state_dict_py());
                else
                    Assert.Throws<InvalidOperationException>(() => to.load_state_dict_py(from.state_dict_py()));
            }
        }
        // SGD without momentum has no state, so only its options differ
        var error = Assert.Throws<InvalidOperationException>(() => optimizers[1].load_state_dict_py(optimizers[0].state_dict_py()));
        Assert.Contains("another kind of optimizer: group 0 lacks betas, which Adam has", error.Message, StringComparison.Ordinal);
        foreach (var optimizer in optimizers)
            optimizer.Dispose();
    }

    [Fact]
    public void A_file_without_an_optimizers_state_is_rejected()
    {
        PyTorchFile.Save(new Dictionary<string, object?> { ["model"] = zeros(1) }, _folder["state.pth"]);
        var optimizer = Optimizers.Create("SGD", new Parameter(zeros(3)));

        Assert.Throws<InvalidDataException>(() => optimizer.load_py(_folder["state.pth"]));
    }

    [FactWithPyTorch]
    public void PyTorch_continues_from_our_state_and_we_continue_from_PyTorchs()
    {
        var ours = Optimizers.Names.ToDictionary(name => name, Begin);

        var output = PyTorchProcess.Run("Optim", "continue_training.py", [_folder.Path, .. Optimizers.Names]);
        var theirs = JsonSerializer.Deserialize<Dictionary<string, float[][]>>(output)!;

        foreach (var (name, weights) in ours)
        {
            AssertEqual(name, theirs[name][0], weights);
            var weight = new Parameter(tensor(theirs[name][0]));
            var optimizer = Optimizers.Create(name, weight);
            optimizer.load_py(_folder[name + ".theirs.pth"]);
            Step(weight, optimizer);
            AssertEqual(name, theirs[name][1], weight);
        }
    }

    /// <summary>Saves an optimizer after two steps, and returns the weights after the third, which starts from the initial weights.</summary>
    private Parameter Begin(string name)
    {
        var weight = new Parameter(tensor(_weights));
        var optimizer = Optimizers.Create(name, weight);
        Step(weight, optimizer);
        Step(weight, optimizer);
        optimizer.save_py(_folder[name + ".ours.pth"]);
        using (no_grad())
            weight.copy_(tensor(_weights));
        Step(weight, optimizer);
        return weight;
    }

    private static void AssertEqual(string name, float[] expected, Parameter actual)
    {
        var values = actual.data<float>().ToArray();
        Assert.True(
            expected.Zip(values).All(pair => Math.Abs(pair.First - pair.Second) < 1e-6f),
            $"{name}: PyTorch has {string.Join(", ", expected)}; here are {string.Join(", ", values)}");
    }

    private static void Step(Parameter weight, OptimizerHelper optimizer)
    {
        weight.grad = tensor(_gradient);
        optimizer.step();
    }
}
