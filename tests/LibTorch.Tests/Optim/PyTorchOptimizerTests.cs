using System.Diagnostics;
using System.Text.Json;
using LibTorch.Tests.Files;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Optim;

// Optimizers' states between here and PyTorch.
public sealed class PyTorchOptimizerTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void A_state_that_PyTorch_saved_is_loaded_whole()
    {
        using var net = PyTorchFileTests.Network();
        using var adam = optim.Adam(net.parameters(), 0.5);
        adam.load_py(Path.Combine(AppContext.BaseDirectory, "Files", "Fixtures", "adam.pth"));
        var state = adam.state_dict();
        Assert.Equal(0.01, adam.ParamGroups.Single().LearningRate);
        Assert.Equal((0.9, 0.999), ((optim.IBetas)adam.ParamGroups.Single()).Betas);
        Assert.All(state.State, memory => Assert.Equal(1, memory.step));
        // the summed loss has the gradient 2, a sample each, at the last layer's bias
        Assert.All(state.State[^1].Tensors["exp_avg"].data<float>().ToArray(), value => Assert.Equal(0.2f, value, 1e-6f));
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    [InlineData("RMSprop")]
    public void A_saved_state_goes_on_as_the_optimizer_itself_does(string name)
    {
        var (weight, optimizer) = Trained(name);
        optimizer.save_py(_folder["state.pth"]);
        var other = new Parameter(weight.detach().clone());
        var loaded = Make(name, [other], learningRate: 7);
        loaded.load_py(_folder["state.pth"]);
        Step(weight, optimizer);
        Step(other, loaded);
        Assert.Equal(weight.data<float>().ToArray(), other.data<float>().ToArray());
    }

    [Fact]
    public void A_state_of_other_parameters_is_refused_and_nothing_changes()
    {
        var (_, optimizer) = Trained("Adam");
        optimizer.save_py(_folder["state.pth"]);
        var other = Make("Adam", [new Parameter(zeros(2))], learningRate: 7);
        Assert.Throws<InvalidOperationException>(() => other.load_py(_folder["state.pth"]));
        Assert.Equal(7, other.ParamGroups.Single().LearningRate);
    }

    [Fact]
    public void A_file_without_an_optimizers_state_is_refused()
    {
        var (_, optimizer) = Trained("SGD");
        PyTorchFile.Save(new Dictionary<string, object?> { ["model"] = zeros(1) }, _folder["state.pth"]);
        Assert.Throws<InvalidDataException>(() => optimizer.load_py(_folder["state.pth"]));
    }

    [FactWithPyTorch]
    public void PyTorch_goes_on_from_our_state()
    {
        foreach (var name in new[] { "SGD", "Adam", "RMSprop" })
        {
            var (_, optimizer) = Trained(name);
            optimizer.save_py(_folder["state.pth"]);
            var weight = new Parameter(zeros(3));
            var loaded = Make(name, [weight], learningRate: 7);
            loaded.load_py(_folder["state.pth"]);
            Step(weight, loaded);
            foreach (var (theirs, ours) in Continue(name).Zip(weight.data<float>().ToArray()))
                Assert.Equal(theirs, ours, 1e-6f);
        }
    }

    private static OptimizerHelper Make(string name, Parameter[] parameters, double learningRate = 0.1) => name switch
    {
        "SGD" => optim.SGD(parameters, learningRate, momentum: 0.9),
        "Adam" => optim.Adam(parameters, learningRate),
        _ => optim.RMSProp(parameters, learningRate, momentum: 0.5),
    };

    private static (Parameter Weight, OptimizerHelper Optimizer) Trained(string name)
    {
        var weight = new Parameter(zeros(3));
        var optimizer = Make(name, [weight]);
        Step(weight, optimizer);
        Step(weight, optimizer);
        return (weight, optimizer);
    }

    private static void Step(Parameter weight, OptimizerHelper optimizer)
    {
        weight.grad = ones(3);
        optimizer.step();
    }

    private float[] Continue(string name)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Optim", "continue_training.py");
        using var python = Process.Start(
            new ProcessStartInfo(FactWithPyTorchAttribute.Python, [script, name, _folder["state.pth"]]) { RedirectStandardOutput = true })!;
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.Equal(0, python.ExitCode);
        return JsonSerializer.Deserialize<float[]>(output)!;
    }
}
