using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>Calls models with a batch. If libtorch or TorchSharp rejects the batch, the exception names the layer and describes the inputs.</summary>
internal static class ModelCall
{
    /// <exception cref="ArgumentException">The inputs do not fit the model; the inner exception is that of libtorch or TorchSharp.</exception>
    public static Tensor Run(nn.Module<Tensor, Tensor> model, Tensor inputs)
    {
        try
        {
            return model.call(inputs);
        }
        catch (Exception error) when (IsRejection(error))
        {
            throw new ArgumentException(
                $"{model.GetType().Name} failed with inputs {inputs.dtype} [{string.Join(", ", inputs.shape)}]{FailedLayer(model, inputs)}: {FirstLine(error)}.{Advice(model, inputs, error)}",
                nameof(inputs), error);
        }
    }

    // exceptions of the model's own code are not changed
    private static bool IsRejection(Exception error) => error switch
    {
        ExternalException => !error.Message.Contains("memory", StringComparison.Ordinal),
        ArgumentException => error.TargetSite?.DeclaringType?.Assembly == typeof(nn).Assembly,
        _ => false,
    };

    /// <summary>Returns the message of libtorch without the native stack trace.</summary>
    private static string FirstLine(Exception error) => error.Message.Split('\n')[0].TrimEnd('.', ' ');

    /// <summary>Calls the model again, with hooks, and returns the name of the layer that fails; empty if it is unknown.</summary>
    private static string FailedLayer(nn.Module<Tensor, Tensor> model, Tensor inputs)
    {
        // a call of a distributed model waits for the other processes
        if (model is DistributedDataParallel<Tensor, Tensor>)
            return "";
        using var scope = NewDisposeScope();
        using var snapshot = new ModelSnapshot(model);
        using var recorder = new CallRecorder(model);
        try
        {
            model.call(inputs);
            return "";
        }
        catch (Exception)
        {
            return recorder.Innermost.Name is { Length: > 0 } name ? $" in its layer {name}" : "";
        }
    }

    private static string Advice(nn.Module model, Tensor inputs, Exception error)
    {
        // integers are the right inputs of an embedding, also if one of them is out of range
        if (!FirstLine(error).Contains("type", StringComparison.Ordinal))
            return "";
        var type = model.parameters().Select(parameter => parameter.dtype).FirstOrDefault(inputs.dtype);
        return type == inputs.dtype || !is_floating_point(type) ? "" : $" The model's parameters are {type}: convert the inputs with .to(ScalarType.{type}).";
    }
}
