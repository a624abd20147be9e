using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>Determines the data types of tensors from the source.</summary>
internal static class DTypes
{
    private static readonly HashSet<string> _kept =
    [
        "reshape", "view", "view_as", "flatten", "squeeze", "unsqueeze", "clone", "detach", "detach_", "alias", "cpu", "cuda", "contiguous",
        "permute", "transpose", "t", "T",
        "select", "narrow", "index_select", "gather", "masked_select", "expand", "repeat", "repeat_interleave", "roll", "flip", "tile",
        "abs", "neg", "maximum", "minimum", "clamp",
        "clip", "MoveToOuterDisposeScope", "DetachFromDisposeScope", "requires_grad_", "unfold", "diagonal", "triu", "tril", "sign",
        "square", "relu", "pin_memory", "swapaxes",
        "movedim", "unflatten",
    ];

    private static readonly HashSet<string> _ofIndices = ["argmax", "argmin", "argsort", "nonzero", "multinomial", "bincount",
        "count_nonzero", "searchsorted", "bucketize"];

    private static readonly HashSet<string> _ofBools =
    [
        "eq", "ne", "lt", "le", "gt", "ge", "equal", "not_equal", "greater", "greater_equal", "less", "less_equal", "isnan", "isinf",
        "isfinite", "logical_and", "logical_or",
        "logical_not", "logical_xor", "any", "all", "isclose",
    ];

    private static readonly HashSet<string> _floating = ["zeros", "ones", "rand", "randn", "empty", "linspace", "logspace", "eye", "normal"];

    private static readonly HashSet<string> _sameAsFirst = ["zeros_like", "ones_like", "empty_like"];

    /// <summary>Returns the name of the data type, such as Int64; null if it is not known.</summary>
    public static string? Of(IOperation operation, TorchSymbols torch, int depth = 0)
    {
        operation = Variables.Resolve(operation);
        if (depth > 16)
            return null;
        string? Next(IOperation? next) => next is null ? null : Of(next, torch, depth + 1);
        return operation switch
        {
            IInvocationOperation call when torch.Declares(call.TargetMethod) => OfCall(call, torch, Next),
            IPropertyReferenceOperation { Property.IsIndexer: true } element when torch.IsTensor(element.Instance?.Type) => Next(element.Instance),
            IPropertyReferenceOperation { Property.Name: "T" or "mT" or "grad" } property when torch.IsTensor(property.Instance?.Type) =>
                Next(property.Instance),
            IBinaryOperation binary when torch.Declares(binary.OperatorMethod) => OfBinary(binary, torch, Next),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } unary when torch.IsTensor(unary.Type) => Next(unary.Operand),
            // a number or an array that becomes a tensor
            IConversionOperation { OperatorMethod: { Name: "op_Implicit" } method } conversion when torch.Declares(method)
                && torch.IsTensor(conversion.Type) =>
                OfElement(conversion.Operand.Type),
            _ => null,
        };
    }

    /// <summary>Returns the data type of a C# type: Int32 for int.</summary>
    public static string? OfNumber(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Boolean => "Bool",
        SpecialType.System_Byte => "Byte",
        SpecialType.System_SByte => "Int8",
        SpecialType.System_Int16 => "Int16",
        SpecialType.System_Int32 => "Int32",
        SpecialType.System_Int64 => "Int64",
        SpecialType.System_Single => "Float32",
        SpecialType.System_Double => "Float64",
        _ => null,
    };

    /// <summary>Returns the member of ScalarType that an expression refers to, directly or as <c>torch.int64</c>.</summary>
    public static string? OfConstant(IOperation? operation, TorchSymbols torch)
    {
        operation = operation is null ? null : Variables.Resolve(operation);
        if (operation is IConversionOperation conversion)
            operation = conversion.Operand.Unwrap();
        return operation switch
        {
            IFieldReferenceOperation { Field: { IsConst: true } field } when SymbolEqualityComparer.Default.Equals(field.ContainingType,
                torch.ScalarType) => field.Name,
            IMemberReferenceOperation { Member: { IsStatic: true } member } when SymbolEqualityComparer.Default.Equals(member.ContainingType, torch.Torch) => OfAlias(member.Name),
            _ => null,
        };
    }

    private static string? OfCall(IInvocationOperation call, TorchSymbols torch, Func<IOperation?, string?> next)
    {
        var (method, name) = (call.TargetMethod, call.TargetMethod.Name);
        var stated = call.Arguments.FirstOrDefault(argument =>
            argument.Parameter?.Name is "dtype" or "type" or "element_type" or "out_dtype" && argument.ArgumentKind == ArgumentKind.Explicit
                && torch.IsScalarType(argument.Parameter.Type));
        if (stated is not null && (!name.StartsWith("randint", StringComparison.Ordinal) || method.IsStatic))
            return OfConstant(stated.Value, torch);
        var receiver = call.Receiver();
        if (method.IsStatic && !method.IsExtensionMethod && OfFactory(call, name) is { } made)
            return made;
        if (receiver is null || !torch.IsTensor(receiver.Type))
            return null;
        if (_ofIndices.Contains(name))
            return name == "count_nonzero" || call.Type is not null && torch.IsTensor(call.Type) ? "Int64" : null;
        if (_ofBools.Contains(name))
            return torch.IsTensor(call.Type) ? "Bool" : null;
        if (_kept.Contains(name) || _sameAsFirst.Contains(name))
            return torch.IsTensor(call.Type) ? next(receiver) : null;
        switch (name)
        {
            case "to" when method.Parameters.All(parameter => !torch.IsScalarType(parameter.Type) && !torch.IsTensor(parameter.Type)):
            case "max" or "min" when torch.IsTensor(call.Type) && call.Arguments.Length == 0:
                return next(receiver);
            case "sum" or "prod" or "cumsum" or "cumprod":
                return next(receiver) switch
                {
                    "Bool" or "Byte" or "Int8" or "Int16" or "Int32" or "Int64" => "Int64",
                    var other => other,
                };
            case "mean" or "std" or "var" or "sqrt" or "exp" or "log" or "softmax" or "log_softmax" or "sigmoid" or "tanh":
                return next(receiver) is "Float32" or "Float64" or "Float16" or "BFloat16" ? next(receiver) : null;
            case "float" or "double" or "half" or "bfloat16" or "int" or "long" or "short" or "byte" or "bool" when torch.IsTensor(call.Type):
                return OfAlias(name);
            default:
                return null;
        }
    }

    private static string? OfFactory(IInvocationOperation call, string name)
    {
        if (_floating.Contains(name))
            return "Float32";
        switch (name)
        {
            case "randint" or "randperm":
                return "Int64";
            case "arange":
                return call.Arguments.Where(argument => argument.ArgumentKind == ArgumentKind.Explicit
                    && argument.Parameter?.Name is "start" or "stop" or "step").All(
                    argument => Number(argument.Value)?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64) ? "Int64" : null;
            case "tensor" or "as_tensor" or "from_array" when call.Arguments.Length > 0:
                // a collection expression has the type of the parameter
                return OfElement(name == "from_array" ? call.Arguments[0].Value.Unwrap().Type : call.Arguments[0].Parameter?.Type);
            default:
                return null;
        }
    }

    private static string? OfBinary(IBinaryOperation binary, TorchSymbols torch, Func<IOperation?, string?> next)
    {
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual:
                return "Bool";
            case BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply:
                break;
            default:
                return null;
        }
        var (left, right) = (binary.LeftOperand.Unwrap(), binary.RightOperand.Unwrap());
        if (torch.IsTensor(left.Type) && torch.IsTensor(right.Type) && left is not IConversionOperation && right is not IConversionOperation)
            return next(left) is { } type && type == next(right) ? type : null;
        var (tensor, number) = torch.IsTensor(left.Type) && left is not IConversionOperation ? (left, right) : (right, left);
        return next(tensor) switch
        {
            "Float32" or "Float64" => next(tensor),
            "Int64" or "Int32" when Number(number)?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 => next(tensor),
            _ => null,
        };
    }

    // int of Scalar s = 1
    private static ITypeSymbol? Number(IOperation operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation.Type;
    }

    private static string? OfElement(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => OfNumber(array.ElementType),
        INamedTypeSymbol { TypeArguments: [{ } element], Name: "IList" or "List" or "IEnumerable" or "Memory" or "ReadOnlySpan" or "IReadOnlyList" } => OfNumber(element),
        _ => OfNumber(type),
    };

    private static string? OfAlias(string name) => name switch
    {
        "bool" => "Bool",
        "uint8" or "byte" => "Byte",
        "int8" => "Int8",
        "int16" or "short" => "Int16",
        "int32" or "int" => "Int32",
        "int64" or "long" => "Int64",
        "float16" or "half" => "Float16",
        "bfloat16" => "BFloat16",
        "float32" or "float" => "Float32",
        "float64" or "double" => "Float64",
        _ => null,
    };
}
