using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1031: an integer division whose result is passed to a tensor operation or assigned to a floating-point variable, such as <c>x.pow(1 / 2)</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IntegerDivision : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1031";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The division is an integer division",
        "{0} is {1}: C# discards the remainder of an integer division; write {2}",
        Category.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => context.RegisterSyntaxNodeAction(
        node =>
        {
            var division = (BinaryExpressionSyntax)node.Node;
            // check the syntax first, because most divisions have no literals
            if (Literal(division.Left) is not { } literal || node.SemanticModel.GetOperation(division, node.CancellationToken) is not IBinaryOperation operation
                || Numbers.Of(operation.LeftOperand) is not { } left || Numbers.Of(operation.RightOperand) is not { } right || right == 0 || left % right == 0
                || operation.Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64))
            {
                return;
            }
            // a division of named numbers, such as (n + 1) / 2, may be intended
            if (left / right != 0 && Literal(division.Right) is null || Use(operation, torch) is not { } type)
                return;
            var suffix = type.SpecialType == SpecialType.System_Single ? "f" : ".0";
            var quotient = $"{literal.Token.Text}{suffix} / {division.Right}";
            node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, division.GetLocation(), $"Write '{quotient}'", division.ToString(), left / right, quotient));
        },
        SyntaxKind.DivideExpression);

    /// <summary>Returns the dividend if it is a literal; otherwise null.</summary>
    internal static LiteralExpressionSyntax? Literal(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: int } literal when literal.Token.Text.All(char.IsDigit) => literal,
        ParenthesizedExpressionSyntax inner => Literal(inner.Expression),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => Literal(minus.Operand),
        _ => null,
    };

    // the type of the parameter of the TorchSharp operation, or of the variable
    private static ITypeSymbol? Use(IOperation number, TorchSymbols torch)
    {
        for (var current = number; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IUnaryOperation { OperatorMethod: null } or IBinaryOperation { OperatorMethod: null }:
                    break;
                case IBinaryOperation binary:
                    return torch.Declares(binary.OperatorMethod) ? current.Type : null;
                case ICompoundAssignmentOperation assignment:
                    return torch.Declares(assignment.OperatorMethod) ? current.Type : null;
                case IArgumentOperation { Parent: IInvocationOperation call } argument:
                    return torch.Declares(call.TargetMethod) && TakesFractions(argument.Parameter?.Type, torch) ? Bare(argument.Parameter!.Type) : null;
                case IVariableInitializerOperation or IFieldInitializerOperation or IPropertyInitializerOperation:
                    return IsFraction(current.Type) ? current.Type : null;
                case ISimpleAssignmentOperation assignment:
                    return assignment.Value == current && IsFraction(current.Type) ? current.Type : null;
                default:
                    return null;
            }
        }
        return null;
    }

    private static bool TakesFractions(ITypeSymbol? type, TorchSymbols torch) => type is not null
        && (IsFraction(Bare(type)) || torch.IsTensor(type) || type.Name == "Scalar" && torch.Declares(type));

    private static bool IsFraction(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double;

    private static ITypeSymbol Bare(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } value] } ? value : type;
}
