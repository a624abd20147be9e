using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>Determines the shapes of tensors from the source.</summary>
internal static class Shapes
{
    private static readonly HashSet<string> _factories = ["rand", "randn", "zeros", "ones", "empty", "full", "randint"];

    private static readonly HashSet<string> _sized = ["size", "rows", "columns", "dim0", "dim1", "dim2", "dim3"];

    // functions whose result has the shape of the first input
    private static readonly HashSet<string> _kept =
    [
        "relu", "relu6", "gelu", "silu", "elu", "selu", "celu", "mish", "leaky_relu", "sigmoid", "logsigmoid", "tanh", "softplus", "hardtanh", "hardswish", "softmax",
        "log_softmax", "exp", "log", "sqrt", "square", "abs", "neg", "sign", "sin", "cos", "clamp", "dropout", "alpha_dropout",
        "zeros_like", "ones_like", "rand_like", "randn_like", "empty_like", "full_like",
        "clone", "detach", "cpu", "cuda", "contiguous", "float", "double", "half", "long", "int", "byte", "requires_grad_", "with_requires_grad",
        "to", "alias", "MoveToOuterDisposeScope", "DetachFromDisposeScope", "cumsum", "cumprod", "relu_", "add_", "mul_", "sub_", "div_", "fill_", "zero_",
    ];

    // methods that change the shape of their tensor
    private static readonly string[] _changing = ["squeeze_", "unsqueeze_", "transpose_", "set_"];

    /// <summary>Returns the known part of the shape.</summary>
    public static Shape Of(IOperation? operation, TorchSymbols torch, int depth = 0)
    {
        if (operation is null || depth > 24)
            return Shape.Unknown;
        var unresolved = operation.Unwrap();
        operation = Variables.Resolve(unresolved);
        if (operation != unresolved && EarlierCells.Mention(unresolved, operation, _changing))
            return Shape.Unknown;
        Shape Next(IOperation? next) => Of(next, torch, depth + 1);
        return operation switch
        {
            IInvocationOperation call when torch.IsTensor(call.Type) && torch.Declares(call.TargetMethod) => OfCall(call, torch, Next),
            IInvocationOperation { TargetMethod.Name: "call" or "forward", Instance: { } module } call when torch.IsModule(module.Type)
                && torch.IsTensor(call.Type) && call.Arguments.Length == 1 => Layers.Apply(module, Next(call.At(0)), torch),
            IPropertyReferenceOperation { Property.Name: "T" or "mT" } swapped when torch.IsTensor(swapped.Instance?.Type) =>
                Next(swapped.Instance) is { Sizes.Count: 2 } matrix ? matrix.Swapped(0, 1) : Shape.Unknown,
            IBinaryOperation binary when torch.Declares(binary.OperatorMethod) => OfBinary(binary, torch, Next),
            IUnaryOperation unary when torch.IsTensor(unary.Type) => Next(unary.Operand),
            _ => Shape.Unknown,
        };
    }

    /// <summary>Returns the shape of a product; null if the shapes do not match.</summary>
    public static Shape? Product(Shape left, Shape right)
    {
        if (left.Sizes?.Count == 0 || right.Sizes?.Count == 0)
            return null;
        // the dimension of a vector on the right must match the last dimension on the left
        var inner = right.Sizes is null ? null : right.At(right.Sizes.Count == 1 ? 0 : -2);
        if (left.Last is { } last && inner is { } first && last != first)
            return null;
        if (left.Sizes is null || right.Sizes is null)
            return right.Sizes?.Count >= 2 && left.Sizes is null ? Shape.EndingIn(right.Last) : Shape.Unknown;
        var batch = Broadcast(left.Sizes.Take(left.Sizes.Count - 2).ToList(), right.Sizes.Take(right.Sizes.Count - 2).ToList());
        if (batch is null)
            return null;
        if (left.Sizes.Count > 1)
            batch.Add(left.At(-2));
        if (right.Sizes.Count > 1)
            batch.Add(right.Last);
        return Shape.Of([.. batch]);
    }

    private static Shape OfCall(IInvocationOperation call, TorchSymbols torch, Func<IOperation?, Shape> next)
    {
        var (method, name) = (call.TargetMethod, call.TargetMethod.Name);
        if (method.Name is "call" or "forward" && call.Instance is { } module && torch.IsModule(module.Type))
            return call.Arguments.Length == 1 ? Layers.Apply(module, next(call.At(0)), torch) : Shape.Unknown;
        if (method.IsStatic && _factories.Contains(name))
            return Made(call);
        if (call.Receiver() is not { } receiver || !torch.IsTensor(receiver.Type))
            return Shape.Unknown;
        var first = call.Instance is null ? 1 : 0;
        if (_kept.Contains(name))
            return next(receiver);
        switch (name)
        {
            case "matmul" or "mm" or "bmm" or "mv":
                return Product(next(receiver), next(call.At(first))) ?? Shape.Unknown;
            case "t":
                return next(receiver) is { Sizes.Count: 2 } matrix ? matrix.Swapped(0, 1) : Shape.Unknown;
            case "transpose" or "swapaxes":
                return Numbers.Of(call.At(first)) is { } one && Numbers.Of(call.At(first + 1)) is { } other ? next(receiver).Swapped(one, other) : Shape.Unknown;
            case "unsqueeze":
                return Numbers.Of(call.At(first)) is { } place ? next(receiver).Unsqueezed(place) : Shape.Unknown;
            case "reshape" or "view":
                return Sizes(call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == first)?.Value) is { } sizes
                    ? Shape.Of([.. sizes.Select(size => size == -1 ? null : size)])
                    : Shape.Unknown;
            case "flatten":
                return next(receiver).Flattened(Numbers.Of(call.Argument("start_dim")) ?? 0, Numbers.Of(call.Argument("end_dim")) ?? -1);
            case "pow" when !torch.IsTensor(call.At(first)?.Type):
                return next(receiver);
            default:
                return Shape.Unknown;
        }
    }

    // rand(2, 3), rand([2, 3]), rand(new long[] { 2, 3 }, dtype: float64)
    private static Shape Made(IInvocationOperation call)
    {
        var given = call.Arguments.Where(argument => argument.Parameter is { } parameter && _sized.Contains(parameter.Name))
            .OrderBy(argument => argument.Parameter!.Ordinal).ToList();
        if (given is [{ Parameter: { } size } only] && size.Type.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64))
            return Sizes(only.Value) is { } sizes ? Shape.Of(sizes) : Shape.Unknown;
        return given.Count > 0 && given.All(argument => argument.Parameter!.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64)
            ? Shape.Of([.. given.Select(argument => Numbers.Of(argument.Value))])
            : Shape.Unknown;
    }

    private static long?[]? Sizes(IOperation? list) => list is null ? null : Numbers.List(list);

    private static Shape OfBinary(IBinaryOperation binary, TorchSymbols torch, Func<IOperation?, Shape> next)
    {
        // x * 2: the number is converted to a tensor or a Scalar
        bool IsNumber(IOperation operand) => operand.Unwrap() is var side && (side is IConversionOperation || !torch.IsTensor(side.Type));
        if (IsNumber(binary.RightOperand))
            return next(binary.LeftOperand);
        if (IsNumber(binary.LeftOperand))
            return next(binary.RightOperand);
        return next(binary.LeftOperand).Sizes is { } left && next(binary.RightOperand).Sizes is { } right && Broadcast(left, right) is { } sizes
            ? Shape.Of([.. sizes])
            : Shape.Unknown;
    }

    private static List<long?>? Broadcast(IReadOnlyList<long?> left, IReadOnlyList<long?> right)
    {
        var sizes = new List<long?>();
        for (var i = 1; i <= Math.Max(left.Count, right.Count); i++)
        {
            var one = i <= left.Count ? left[left.Count - i] : 1;
            var other = i <= right.Count ? right[right.Count - i] : 1;
            if (one is not null and not 1 && other is not null and not 1 && one != other)
                return null;
            sizes.Insert(0, one == 1 ? other : other is null or 1 ? one : other);
        }
        return sizes;
    }
}
