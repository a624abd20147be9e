using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Moves a model and its batches to a device and converts them to the memory format of the options.</summary>
internal sealed class DevicePlacement(Device device, bool channelsLast)
{
    public Device Device => device;

    /// <summary>Returns the device of a model's parameters; the CPU for a model without parameters.</summary>
    public static Device Of(nn.Module model) => model.parameters().Select(parameter => parameter.device).FirstOrDefault(CPU);

    public void Move(nn.Module<Tensor, Tensor> model)
    {
        // TorchSharp's to() leaks handles of gradients; the tensors that it moves are in no dispose scope
        using (NewDisposeScope())
            model.to(device);
        if (channelsLast)
            ChannelsLast.Apply(model);
    }

    public Tensor Inputs(Tensor inputs) => channelsLast ? ChannelsLast.Of(inputs.to(device)) : inputs.to(device);

    public Tensor Targets(Tensor targets) => targets.to(device);
}
