using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>Tells whether a tensor requires a gradient, where the source shows it.</summary>
internal static class Gradients
{
    private static readonly HashSet<string> _made = ["rand", "randn", "zeros", "ones", "empty", "full", "tensor", "arange", "linspace", "eye", "randint"];

    private static readonly string[] _asking = ["requires_grad", "requires_grad_", "retain_grad"];

    /// <summary>Returns whether the source shows that a tensor has no graph and requires no gradient.</summary>
    public static bool IsNone(IOperation? operation, TorchSymbols torch, int depth = 0)
    {
        if (operation is null || depth > 16)
            return false;
        var unresolved = operation.Unwrap();
        operation = Variables.Resolve(unresolved);
        if (operation != unresolved && EarlierCells.Mention(unresolved, operation, _asking))
            return false;
        bool Next(IOperation part) => !torch.IsTensor(part.Unwrap().Type) || IsNone(part, torch, depth + 1);
        return operation switch
        {
            IInvocationOperation call when torch.Owns(call.TargetMethod) && torch.IsTensor(call.Type) => OfCall(call, torch, Next),
            IBinaryOperation binary when torch.Owns(binary.OperatorMethod) => Next(binary.LeftOperand) && Next(binary.RightOperand),
            IUnaryOperation unary when torch.Owns(unary.OperatorMethod) => Next(unary.Operand),
            IConversionOperation { OperatorMethod: { } method } when torch.Owns(method) => true,
            _ => false,
        };
    }

    private static bool OfCall(IInvocationOperation call, TorchSymbols torch, Func<IOperation, bool> next)
    {
        if (call.TargetMethod.Name == "detach")
            return true;
        if (call.TargetMethod.IsStatic && _made.Contains(call.TargetMethod.Name))
            return call.Argument("requires_grad") is null or { ConstantValue: { HasValue: true, Value: false } };
        return call.TargetMethod.Name is not ("requires_grad_" or "with_requires_grad" or "apply") && !torch.IsModule(call.Instance?.Type)
            && (call.Instance is { } instance ? torch.IsTensor(instance.Type) && next(instance) : call.Arguments.Any(argument => torch.IsTensor(argument.Value.Type)))
            && call.Arguments.All(argument => next(argument.Value));
    }
}
