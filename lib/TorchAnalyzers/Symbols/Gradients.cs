using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>Determines from the source whether a tensor requires a gradient.</summary>
internal static class Gradients
{
    private static readonly HashSet<string> _factories = ["rand", "randn", "zeros", "ones", "empty", "full", "tensor", "arange", "linspace", "eye", "randint"];

    private static readonly string[] _requesting = ["requires_grad", "requires_grad_", "retain_grad"];

    /// <summary>Returns whether the source shows that a tensor has no graph and does not require a gradient.</summary>
    public static bool HasNoGraph(IOperation? operation, TorchSymbols torch, int depth = 0)
    {
        if (operation is null || depth > 16)
            return false;
        var unresolved = operation.Unwrap();
        operation = Variables.Resolve(unresolved);
        if (operation != unresolved && EarlierCells.Mention(unresolved, operation, _requesting))
            return false;
        bool Next(IOperation part) => !torch.IsTensor(part.Unwrap().Type) || HasNoGraph(part, torch, depth + 1);
        return operation switch
        {
            IInvocationOperation call when torch.Declares(call.TargetMethod) && torch.IsTensor(call.Type) => OfCall(call, torch, Next),
            IBinaryOperation binary when torch.Declares(binary.OperatorMethod) => Next(binary.LeftOperand) && Next(binary.RightOperand),
            IUnaryOperation unary when torch.Declares(unary.OperatorMethod) => Next(unary.Operand),
            IConversionOperation { OperatorMethod: { } method } when torch.Declares(method) => true,
            _ => false,
        };
    }

    private static bool OfCall(IInvocationOperation call, TorchSymbols torch, Func<IOperation, bool> next)
    {
        if (call.TargetMethod.Name == "detach")
            return true;
        if (call.TargetMethod.IsStatic && _factories.Contains(call.TargetMethod.Name))
            return call.Argument("requires_grad") is null or { ConstantValue: { HasValue: true, Value: false } };
        return call.TargetMethod.Name is not ("requires_grad_" or "with_requires_grad" or "apply") && !torch.IsModule(call.Instance?.Type)
            && (call.Instance is { } instance ? torch.IsTensor(instance.Type) && next(instance) : call.Arguments.Any(argument => torch.IsTensor(argument.Value.Type)))
            && call.Arguments.All(argument => next(argument.Value));
    }
}
