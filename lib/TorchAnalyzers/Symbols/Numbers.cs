using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>Reads integers and lists of integers from the source.</summary>
internal static class Numbers
{
    /// <summary>Returns an integer from a constant or a variable; null if it is not known.</summary>
    public static long? Of(IOperation? operation)
    {
        if (operation is null)
            return null;
        var constant = operation.ConstantValue.HasValue ? operation.ConstantValue : Variables.Resolve(operation).ConstantValue;
        return constant is { HasValue: true, Value: { } value } ? value switch
        {
            int number => number,
            long number => number,
            short number => number,
            byte number => number,
            _ => null,
        }
        : null;
    }

    /// <summary>Returns the numbers of an array or a collection expression, with null for unknown numbers; null if their count is not known.</summary>
    public static long?[]? List(IOperation? operation)
    {
        if (operation is null)
            return null;
        operation = Variables.Resolve(operation);
        // long[] to Size or to ReadOnlySpan
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand.Unwrap();
        operation = Variables.Resolve(operation);
        if (operation is IArrayCreationOperation { Initializer: { } initializer, DimensionSizes.Length: 1 })
            return [.. initializer.ElementValues.Select(Of)];
        if (operation.Syntax is not CollectionExpressionSyntax collection || operation.SemanticModel is not { } model
            || !collection.Elements.All(element => element is ExpressionElementSyntax))
        {
            return null;
        }
        return [.. collection.Elements.Cast<ExpressionElementSyntax>().Select(element => Of(model.GetOperation(element.Expression)))];
    }
}
