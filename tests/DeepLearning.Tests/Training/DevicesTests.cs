using System.Diagnostics;
using DeepLearning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Training;

// TORCH_DEVICE selects the device; a separate process reads it, because tests share environment variables.
public sealed class DevicesTests
{
    [Theory]
    [InlineData("cpu", DeviceType.CPU, -1)]
    [InlineData("CPU", DeviceType.CPU, -1)]
    [InlineData("cuda", DeviceType.CUDA, 0)]
    [InlineData("cuda:1", DeviceType.CUDA, 1)]
    [InlineData("mps", DeviceType.MPS, -1)]
    public void A_name_is_parsed_as_a_device(string name, DeviceType type, int index)
    {
        Device found;
        try
        {
            found = Devices.Parse(name, gpus: () => 2, hasMps: () => true);
        }
        catch (Exception error) when (type != DeviceType.CPU && error is not ArgumentException && !error.Message.Contains(Devices.Variable, StringComparison.Ordinal))
        {
            // the name is valid, but TorchSharp's package for this machine does not support the device
            return;
        }
        Assert.Equal(type, found.type);
        if (index >= 0)
            Assert.Equal(index, found.index);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("cuda1")]
    [InlineData("0")]
    public void An_unknown_name_is_rejected_with_the_known_names(string name)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Devices.Parse(name, gpus: () => 2, hasMps: () => true));
        Assert.Contains($"TORCH_DEVICE is '{name}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("cpu, cuda, cuda:N (the GPU with the index N, from 0) or mps", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda", "no GPU is available")]
    [InlineData("cuda:1", "no GPU is available")]
    [InlineData("mps", "MPS is not available")]
    public void An_unavailable_device_is_rejected_with_the_reason(string name, string reason)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Devices.Parse(name, gpus: () => 0, hasMps: () => false));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_GPU_beyond_the_last_is_rejected_with_their_number() => Assert.Contains(
        "2 GPUs, cuda:0 to cuda:1",
        Assert.Throws<InvalidOperationException>(() => Devices.Parse("cuda:2", gpus: () => 2, hasMps: () => false)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cpu", "default cpu", "trained on cpu")]
    [InlineData(" cpu ", "default cpu", "trained on cpu")]
    [InlineData("gpu", "TORCH_DEVICE is 'gpu'", "TORCH_DEVICE is 'gpu'")]
    public async Task The_default_and_the_trainer_follow_the_variable(string value, string expectedDefault, string expectedTraining)
    {
        var worker = Path.Combine(AppContext.BaseDirectory, "DeepLearning.Tests.Worker.dll");
        var program = new ProcessStartInfo("dotnet", [worker, "device"]) { RedirectStandardOutput = true, Environment = { [Devices.Variable] = value } };
        using var process = Process.Start(program)!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n');
        await process.WaitForExitAsync();
        Assert.Contains(expectedDefault, lines[0], StringComparison.Ordinal);
        Assert.Contains(expectedTraining, lines[1], StringComparison.Ordinal);
    }
}
