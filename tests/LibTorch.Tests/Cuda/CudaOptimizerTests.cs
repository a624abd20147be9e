using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Cuda;

/// <summary>Optimizers on a GPU, where a step is one of libtorch's fused operators; Optim/FusedTests has these operators on the CPU.</summary>
public sealed class CudaOptimizerTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, optim.Optimizer>> _optimizers = new()
    {
        ["SGD"] = parameters => optim.SGD(parameters, 0.05),
        ["SGD with momentum"] = parameters => optim.SGD(parameters, 0.05, momentum: 0.9, weight_decay: 0.1, nesterov: true),
        ["SGD upwards"] = parameters => optim.SGD(parameters, 0.05, momentum: 0.9, maximize: true),
        ["Adam"] = parameters => optim.Adam(parameters, 0.05, weight_decay: 0.1),
        ["Adam with amsgrad"] = parameters => optim.Adam(parameters, 0.05, amsgrad: true),
        ["AdamW"] = parameters => optim.AdamW(parameters, 0.05, weight_decay: 0.1),
    };

    [FactWithCuda]
    public void Steps_on_a_GPU_are_those_on_the_CPU()
    {
        foreach (var (name, create) in _optimizers)
            Assert.True(Stepped(create, CPU).allclose(Stepped(create, CUDA), 1e-4, 1e-5), name);
    }

    [FactWithCuda]
    public void Weights_whose_gradients_lie_otherwise_step_all_the_same()
    {
        Tensor Step(Device device)
        {
            using var weights = new Parameter(ones(3, 4, device: device));
            using var optimizer = optim.Adam([weights], 0.1);
            weights.grad = arange(12, ScalarType.Float32, device).view(4, 3).t();
            optimizer.step();
            return weights.detach().cpu();
        }
        Assert.True(Step(CPU).allclose(Step(CUDA), 1e-4, 1e-5));
    }

    private static Tensor Stepped(Func<IEnumerable<Parameter>, optim.Optimizer> create, Device device)
    {
        manual_seed(1);
        Parameter[] parameters = [new(randn(3, 4).to(device)), new(randn(5).to(device))];
        using var optimizer = create(parameters);
        for (var i = 0; i < 4; i++)
        {
            foreach (var parameter in parameters)
                parameter.grad = randn(parameter.shape).to(device);
            optimizer.step();
        }
        return cat([.. parameters.Select(parameter => parameter.detach().flatten().cpu())]);
    }
}
