using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>Reads operations, without conversions that do not change the value.</summary>
internal static class Operations
{
    /// <summary>Returns an operation without its implicit conversions and parentheses.</summary>
    public static IOperation Unwrap(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>Returns the explicit argument of a parameter; null if the default value is used.</summary>
    public static IOperation? Argument(this IInvocationOperation call, string parameter)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == parameter && argument.ArgumentKind == ArgumentKind.Explicit)
                return argument.Value.Unwrap();
        }
        return null;
    }

    /// <summary>Returns the receiver of a call: the instance, or the first argument of a static method that corresponds to an instance method.</summary>
    public static IOperation? Receiver(this IInvocationOperation call)
    {
        if (call.Instance is { } instance)
            return instance.Unwrap();
        return call.At(0);
    }

    /// <summary>Returns the argument of a parameter by the parameter's index; null if the default value is used or if the argument is a list of several values.</summary>
    public static IOperation? At(this IInvocationOperation call, int ordinal)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal && argument.ArgumentKind == ArgumentKind.Explicit)
                return argument.Value.Unwrap();
        }
        return null;
    }

    /// <summary>Returns the name of the called method: <c>step</c> of <c>optimizer.step()</c>.</summary>
    public static SimpleNameSyntax? Name(this InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => null,
    };
}
