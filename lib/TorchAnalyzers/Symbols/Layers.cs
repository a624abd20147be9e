using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>A layer whose input has the wrong number of features or channels.</summary>
/// <param name="Layer">The call that creates the layer.</param>
/// <param name="Unit">"features" or "channels".</param>
/// <param name="Expected">The number that the layer expects.</param>
/// <param name="Actual">The number in the input.</param>
/// <param name="Child">The index of the layer in the Sequential; in nested Sequentials, the index of the child that contains it.</param>
internal sealed record ShapeMismatch(IInvocationOperation Layer, string Unit, long Expected, long Actual, int Child);

/// <summary>Computes shapes through the layers of torch.nn.</summary>
internal static class Layers
{
    private static readonly HashSet<string> _shapePreserving =
    [
        "ReLU", "ReLU6", "GELU", "SiLU", "ELU", "SELU", "CELU", "Mish", "LeakyReLU", "PReLU", "RReLU", "Sigmoid", "LogSigmoid", "Tanh", "Softplus", "Hardtanh",
        "Hardswish", "Hardsigmoid", "Softmax", "LogSoftmax", "Dropout", "AlphaDropout", "Identity",
    ];

    // layers that keep the channels and change the dimensions after them
    private static readonly HashSet<string> _pooling =
        ["MaxPool", "AvgPool", "LPPool", "AdaptiveAvgPool", "AdaptiveMaxPool", "FractionalMaxPool", "Dropout", "ZeroPad", "InstanceNorm"];

    /// <summary>Returns the shape of a module's output.</summary>
    public static Shape Apply(IOperation module, Shape input, TorchSymbols torch) => Apply(module, input, torch, 0, -1, new Results());

    /// <summary>Returns the layers of a module whose input has the wrong shape.</summary>
    /// <param name="module">The module: a layer or a Sequential.</param>
    /// <param name="input">The shape of its input.</param>
    /// <param name="torch">TorchSharp's types.</param>
    public static IReadOnlyList<ShapeMismatch> Mismatches(IOperation module, Shape input, TorchSymbols torch)
    {
        var results = new Results();
        Apply(module, input, torch, 0, -1, results);
        return results.Mismatches;
    }

    /// <summary>Returns the BatchNorm layers with running statistics that get one value per channel.</summary>
    public static IReadOnlyList<IInvocationOperation> OfOneValue(IOperation module, Shape input, TorchSymbols torch)
    {
        var results = new Results();
        Apply(module, input, torch, 0, -1, results);
        return results.OfOneValue;
    }

    /// <summary>Returns the modules that are passed to a call of Sequential, in order; null for an unknown module.</summary>
    public static IEnumerable<IOperation?> Children(IInvocationOperation sequential) =>
        ((InvocationExpressionSyntax)sequential.Syntax).ArgumentList.Arguments.SelectMany(argument => Lists.Of(argument.Expression) ?? [argument.Expression])
        .Select(child => child is null ? null : sequential.SemanticModel?.GetOperation(child is TupleExpressionSyntax { Arguments: [_, { } second] } ? second.Expression : child));

    private static Shape Apply(IOperation? module, Shape input, TorchSymbols torch, int depth, int child, Results results)
    {
        if (module is null || depth > 8 || Variables.Resolve(module) is not IInvocationOperation layer || !torch.Declares(layer.TargetMethod) || !torch.IsModule(layer.Type)
            || !SymbolEqualityComparer.Default.Equals(layer.TargetMethod.ContainingType.ContainingType, torch.Torch))
        {
            return Shape.Unknown;
        }
        var name = layer.TargetMethod.Name;
        if (name == "Sequential")
        {
            var place = 0;
            foreach (var next in Children(layer))
            {
                input = Apply(next, input, torch, depth + 1, child < 0 ? place : child, results);
                place++;
            }
            return input;
        }
        void Compare(string unit, long? expected, long? actual)
        {
            if (expected is { } layerSize && actual is { } inputSize && layerSize != inputSize)
                results.Mismatches.Add(new ShapeMismatch(layer, unit, layerSize, inputSize, child));
        }
        if (_shapePreserving.Contains(name))
            return input;
        if (name.StartsWith("BatchNorm", StringComparison.Ordinal) && input.Sizes is { Count: > 1 } sizes && sizes.Where((_, place) => place != 1).All(size => size == 1)
            && layer.Argument("track_running_stats") is null or { ConstantValue: { HasValue: true, Value: true } })
        {
            results.OfOneValue.Add(layer);
        }
        switch (name)
        {
            case "Linear":
                var features = Size(layer, 0);
                Compare("features", features, input.Last);
                return input.WithLast(Size(layer, 1));
            case "Embedding":
                return Shape.EndingIn(Size(layer, 1));
            case "LayerNorm":
                Compare("features", Size(layer, 0), input.Last);
                return input;
            case "Flatten":
                return input.Flattened(Numbers.Of(layer.Argument("start_dim")) ?? 1, Numbers.Of(layer.Argument("end_dim")) ?? -1);
            case "GroupNorm":
                Compare("channels", Size(layer, 1), input.Sizes is { Count: > 1 } ? input.At(1) : input.Channels);
                return input;
            default:
                return WithChannels(layer, name, input, Compare);
        }
    }

    private static Shape WithChannels(IInvocationOperation layer, string name, Shape input, Action<string, long?, long?> compare)
    {
        if (!HasDimensions(name, out var kind, out var spatial))
            return Shape.Unknown;
        switch (kind)
        {
            case "Conv" or "ConvTranspose":
                compare("channels", Size(layer, 0), input.ChannelsBefore(spatial));
                return Shape.Convolved(Size(layer, 1), spatial);
            case "BatchNorm":
                compare("channels", Size(layer, 0), input.Sizes is { Count: > 1 } ? input.At(1) : input.Sizes is null ? input.ChannelsBefore(spatial) : null);
                return input.Last is null ? Shape.Convolved(Size(layer, 0), spatial) : input;
            default:
                return _pooling.Contains(kind) && input.ChannelsBefore(spatial) is { } channels ? Shape.Convolved(channels, spatial) : Shape.Unknown;
        }
    }

    // Conv2d: Conv, with 2 dimensions after the channels
    private static bool HasDimensions(string name, [NotNullWhen(true)] out string? kind, out int spatial)
    {
        var isOfDimensions = name.Length > 2 && name[name.Length - 1] == 'd' && name[name.Length - 2] is >= '1' and <= '3';
        (kind, spatial) = isOfDimensions ? (name.Substring(0, name.Length - 2), name[name.Length - 2] - '0') : (null, 0);
        return isOfDimensions;
    }

    private static long? Size(IInvocationOperation layer, int ordinal) =>
        layer.TargetMethod.Parameters[ordinal].Type.SpecialType is SpecialType.System_Int64 ? Numbers.Of(layer.At(ordinal)) : null;

    private sealed class Results
    {
        public List<ShapeMismatch> Mismatches { get; } = [];

        public List<IInvocationOperation> OfOneValue { get; } = [];
    }
}
