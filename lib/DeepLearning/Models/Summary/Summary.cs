using System.Reflection;
using DeepLearning.Display;
using Microsoft.Data.Analysis;
using static TorchSharp.torch;

namespace DeepLearning.Models;

/// <summary>
/// The summary of a model: its layers in the order of their calls, with the shapes of their outputs, their parameters, their multiply-accumulates
/// (MACs), and the memory for training.
/// </summary>
/// <remarks>
/// The numbers equal torchsummary's, as in tutorial 002, with parameters of recurrent layers, MACs and nested layers in addition. A layer that is
/// called twice has two rows; its parameters count once.
/// </remarks>
[TypeFormatterSource(typeof(SummaryFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Summary
{
    private const double Megabyte = 1024 * 1024;

    private Summary(IReadOnlyList<SummaryRow> rows, IReadOnlyList<long[]> inputShapes, nn.Module model)
    {
        (Rows, InputShapes) = (rows, inputShapes);
        foreach (var parameter in model.parameters())
        {
            Parameters += parameter.numel();
            TrainableParameters += parameter.requires_grad ? parameter.numel() : 0;
            ParametersMB += parameter.numel() * parameter.ElementSize / Megabyte;
        }
    }

    /// <summary>Gets a row for each call of a layer, followed by the rows of the layers that it calls. The first row is the model.</summary>
    public IReadOnlyList<SummaryRow> Rows { get; }

    /// <summary>Gets the shapes of the inputs.</summary>
    public IReadOnlyList<IReadOnlyList<long>> InputShapes { get; }

    /// <summary>Gets the number of parameters; shared parameters count once.</summary>
    public long Parameters { get; }

    /// <summary>Gets the number of parameters that require a gradient.</summary>
    public long TrainableParameters { get; }

    /// <summary>Gets the number of multiply-accumulates of one call, for layers that multiply by weights; biases are not counted.</summary>
    public long Macs => Rows.Sum(row => row.Macs);

    /// <summary>Gets the memory of the inputs, in MB of 1024² bytes.</summary>
    public double InputMB { get; private init; }

    /// <summary>Gets the memory of the innermost layers' outputs and of their gradients, in MB of 1024² bytes.</summary>
    public double ForwardBackwardMB { get; private init; }

    /// <summary>Gets the memory of the parameters, in MB of 1024² bytes.</summary>
    public double ParametersMB { get; }

    /// <summary>Gets the total memory, in MB of 1024² bytes. The state of an optimizer is not included.</summary>
    public double TotalMB => InputMB + ForwardBackwardMB + ParametersMB;

    /// <summary>Summarizes a model with one input, for a single sample: <c>Summary.Of(model, 1, 28, 28)</c>.</summary>
    /// <inheritdoc cref="Of(nn.Module, Tensor[])"/>
    /// <param name="model">The model.</param>
    /// <param name="inputShape">The shape of a sample, without the batch dimension.</param>
    public static Summary Of(nn.Module model, params long[] inputShape) => Of(model, [inputShape]);

    /// <summary>Summarizes a model with one input, for a batch: <c>Summary.Of(model, [1, 28, 28], batchSize: 64)</c>.</summary>
    /// <inheritdoc cref="Of(nn.Module, Tensor[])"/>
    /// <param name="model">The model.</param>
    /// <param name="inputShape">The shape of a sample, without the batch dimension.</param>
    /// <param name="batchSize">The number of samples of the batch.</param>
    public static Summary Of(nn.Module model, long[] inputShape, long batchSize) => Of(model, [inputShape], batchSize);

    /// <summary>Summarizes a model with several inputs: <c>Summary.Of(model, [[1, 28, 28], [10]])</c>.</summary>
    /// <inheritdoc cref="Of(nn.Module, Tensor[])"/>
    /// <param name="model">The model.</param>
    /// <param name="inputShapes">The shape of a sample of each input, without the batch dimension.</param>
    /// <param name="batchSize">The number of samples of the batch.</param>
    public static Summary Of(nn.Module model, IReadOnlyList<long[]> inputShapes, long batchSize = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputShapes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        using var scope = NewDisposeScope();
        var example = model.parameters().FirstOrDefault(parameter => is_floating_point(parameter.dtype));
        return Of(
            model, [.. inputShapes.Select(shape => zeros([batchSize, .. shape], example?.dtype, example?.device))],
            hint: " (Pass the shape of one sample: the batch dimension is added in front.)");
    }

    /// <summary>
    /// Summarizes a model for given inputs, such as integers for an embedding, or sequences whose batch dimension is not the first.
    /// </summary>
    /// <remarks>
    /// The model is called once, in evaluation mode and without gradients. The method restores modes, buffers, gradients, hooks and the random state.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The inputs of the model, including the batch dimension. Optional inputs may be omitted.</param>
    /// <exception cref="ArgumentException">The model has another number of inputs, or its call failed; the message names the layer.</exception>
    public static Summary Of(nn.Module model, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        return Of(model, inputs, hint: "");
    }

    /// <summary>Returns the rows as a data frame.</summary>
    public DataFrame Table() => new(
        new StringDataFrameColumn("layer", Rows.Select(row => row.Name)),
        new StringDataFrameColumn("type", Rows.Select(row => row.Type)),
        new Int32DataFrameColumn("depth", Rows.Select(row => (int?)row.Depth)),
        new StringDataFrameColumn("output shape", Rows.Select(row => row.OutputShape)),
        new Int64DataFrameColumn("parameters", Rows.Select(row => (long?)row.Parameters)),
        new Int64DataFrameColumn("trainable", Rows.Select(row => (long?)row.TrainableParameters)),
        new Int64DataFrameColumn("MACs", Rows.Select(row => (long?)row.Macs)));

    /// <summary>Returns the summary as an HTML table with the colors of the page.</summary>
    public string ToHtml() => SummaryHtml.Of(this);

    /// <summary>Returns the summary as aligned text.</summary>
    public override string ToString() => SummaryText.Of(this);

    private static Summary Of(nn.Module model, Tensor[] inputs, string hint)
    {
        var shapes = inputs.Select(input => input.shape).ToList();
        using var scope = NewDisposeScope();
        using var snapshot = new ModelSnapshot(model);
        using var recorder = new CallRecorder(model);
        Run(model, inputs, hint, recorder);
        if (recorder.Root.Calls is not [var call])
            throw new ArgumentException($"{model.GetType().Name} cannot be summarized: its call runs no hooks.", nameof(model));
        var layers = new SummaryRows();
        layers.Add(call, caller: "");
        return new Summary(layers.Rows, shapes, model)
        {
            InputMB = inputs.Sum(input => input.numel() * input.ElementSize) / Megabyte,
            ForwardBackwardMB = 2 * layers.OutputBytes / Megabyte,
        };
    }

    private static void Run(nn.Module model, Tensor[] inputs, string hint, CallRecorder recorder)
    {
        var call = CallOf(model.GetType(), inputs.Length) ?? throw new ArgumentException(
            $"{model.GetType().Name} cannot be called with {inputs.Length} tensor{(inputs.Length == 1 ? "" : "s")}.", nameof(inputs));
        object?[] arguments = [.. inputs, .. call.GetParameters().Skip(inputs.Length).Select(Rest)];
        try
        {
            call.Invoke(model, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        }
        catch (Exception error)
        {
            var shapes = string.Join(" and ", inputs.Select(input => $"[{string.Join(", ", input.shape)}]"));
            var layer = recorder.Innermost.Name is { Length: > 0 } name ? $" in its layer {name}" : "";
            throw new ArgumentException(
                $"{model.GetType().Name} failed with an input of {shapes}{layer}: {error.Message}{hint}", nameof(inputs), error);
        }
    }

    /// <summary>Returns the call method of the model's type for a number of tensors, with as few omitted optional inputs as possible.</summary>
    private static MethodInfo? CallOf(Type type, int inputs) => type.GetMethods()
        .Where(method => method.Name == nameof(nn.Module<,>.call))
        .Where(method => method.GetParameters() is var parameters && parameters.Length >= inputs
            && parameters.Take(inputs).All(parameter => parameter.ParameterType == typeof(Tensor)) && parameters.Skip(inputs).All(CanBeLeftOut))
        .MinBy(method => method.GetParameters().Length);

    private static bool CanBeLeftOut(ParameterInfo parameter) =>
        parameter.HasDefaultValue || Nullable.GetUnderlyingType(parameter.ParameterType) is not null;

    private static object? Rest(ParameterInfo parameter) => parameter.HasDefaultValue ? parameter.DefaultValue : null;
}
