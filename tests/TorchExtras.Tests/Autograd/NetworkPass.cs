using TorchSharp.Extras.Autograd;
using TorchSharp.Extras.Native.Kernels;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Extras.Tests.Autograd;

/// <summary>Computes the outputs and gradients of a network with and without an autograd graph.</summary>
internal static class NetworkPass
{
    /// <summary>Gets whether this processor computes supported networks without a graph.</summary>
    public static bool IsTaken => CpuKernels.AreRegistered && MatrixTiles.IsSupported;

    public static (Tensor Outputs, Tensor[] Gradients) ByGraph(Module<Tensor, Tensor> network, Tensor input, Func<Tensor, Tensor> loss, bool clear)
    {
        if (clear)
            Clear(network);
        var outputs = network.call(input);
        loss(outputs).backward();
        return (outputs.detach(), Gradients(network));
    }

    public static (Tensor Outputs, Tensor[] Gradients) Direct(Module<Tensor, Tensor> network, Tensor input, Func<Tensor, Tensor> loss, bool clear)
    {
        if (clear)
            Clear(network);
        using var direct = new DirectGradients();
        var outputs = direct.TryForward(network, input);
        Assert.Equal(IsTaken, outputs is not null);
        outputs ??= network.call(input);
        loss(outputs).backward();
        direct.Backward();
        return (outputs.detach(), Gradients(network));
    }

    public static Tensor[] Gradients(nn.Module network) => [.. network.parameters().Select(parameter => parameter.grad!.clone())];

    public static void Clear(nn.Module network)
    {
        foreach (var parameter in network.parameters())
            parameter.grad = null;
    }
}
