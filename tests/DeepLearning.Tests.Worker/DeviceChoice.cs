using DeepLearning.Data;
using DeepLearning.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepLearning.Tests.Worker;

/// <summary>Prints the default device of the library, and the device of training.</summary>
internal static class DeviceChoice
{
    public static void Run()
    {
        Say(() => $"default {Devices.Default}");
        Say(() =>
        {
            using var model = Linear(2, 2);
            Trainer.Fit(model, new TensorBatches(zeros(4, 2), zeros(4, int64)));
            return $"trained on {model.weight.device}";
        });
    }

    private static void Say(Func<string> get)
    {
        try
        {
            Console.WriteLine(get());
        }
        catch (InvalidOperationException error)
        {
            Console.WriteLine(error.Message);
        }
    }
}
