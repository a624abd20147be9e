using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers.Symbols;

/// <summary>Finds code that initializes the parameters of a layer after its creation.</summary>
/// <param name="layer">The type of the layer.</param>
/// <param name="model">The semantic model of the file.</param>
/// <param name="torch">TorchSharp's types.</param>
internal sealed class Initializations(INamedTypeSymbol layer, SemanticModel model, TorchSymbols torch)
{
    /// <summary>Returns whether the file initializes a layer, or layers of its type in general, for example in a function for all modules of a network.</summary>
    /// <param name="creation">The call that creates the layer.</param>
    public bool Of(SyntaxNode creation)
    {
        var value = creation;
        var isLayer = true;
        while (true)
        {
            switch (value.Parent)
            {
                case ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax or BinaryExpressionSyntax or ConditionalExpressionSyntax
                    or SwitchExpressionArmSyntax or SwitchExpressionSyntax:
                    value = value.Parent;
                    continue;
                case MemberAccessExpressionSyntax access when access.Expression == value:
                    if (Initializes(access.Name, isLayer) || isLayer && IsExtension(access))
                        return true;
                    // methods such as to(device) return the module
                    if (access.Parent is not InvocationExpressionSyntax call || !torch.IsModule(model.GetTypeInfo(call).Type))
                        return IsInitialized(null, isLayer);
                    value = call;
                    continue;
                case ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } argument when assignment.Right == tuple:
                    return IsInitialized(Target(assignment, tuple.Arguments.IndexOf(argument)), isLayer);
                case ArgumentSyntax { Parent: BaseArgumentListSyntax { Parent: ExpressionSyntax user } } argument when IsHandedOn(argument, user):
                    return true;
                // a network of several layers
                case ArgumentSyntax or BaseArgumentListSyntax or TupleExpressionSyntax or ExpressionElementSyntax or CollectionExpressionSyntax or InitializerExpressionSyntax
                    or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax:
                    value = value.Parent;
                    isLayer = false;
                    continue;
                case EqualsValueClauseSyntax { Parent: (VariableDeclaratorSyntax or PropertyDeclarationSyntax) and var declaration }:
                    return IsInitialized(model.GetDeclaredSymbol(declaration), isLayer);
                case AssignmentExpressionSyntax assignment when assignment.Right == value:
                    return IsInitialized(model.GetSymbolInfo(assignment.Left).Symbol, isLayer);
                default:
                    return IsInitialized(null, isLayer);
            }
        }
    }

    private static bool Initializes(SimpleNameSyntax member, bool isLayer) => member.Identifier.ValueText is var name
        && (name == "apply" || name.StartsWith("load", StringComparison.Ordinal) || isLayer && name is "weight" or "reset_parameters");

    // an extension method for this type of layers
    private bool IsExtension(MemberAccessExpressionSyntax access) => model.GetSymbolInfo(access).Symbol is IMethodSymbol { ContainingType.SpecialType: SpecialType.None } method
        && !torch.Declares(method.ReducedFrom ?? method) && (method.ReducedFrom is null || IsLayer(method.ReducedFrom.Parameters[0].Type));

    // a method of the program gets the layer, and may initialize it
    private bool IsHandedOn(ArgumentSyntax argument, ExpressionSyntax user) => model.GetSymbolInfo(user).Symbol is IMethodSymbol method && !torch.Declares(method)
        && argument.Parent is BaseArgumentListSyntax list
        && (argument.NameColon is { Name.Identifier.ValueText: var name }
            ? method.OriginalDefinition.Parameters.FirstOrDefault(parameter => parameter.Name == name)
            : method.OriginalDefinition.Parameters.ElementAtOrDefault(list.Arguments.IndexOf(argument))) is { } parameter
        && IsLayer(parameter.Type);

    private ISymbol? Target(AssignmentExpressionSyntax assignment, int index) => assignment.Left switch
    {
        TupleExpressionSyntax tuple when tuple.Arguments.ElementAtOrDefault(index)?.Expression is { } target =>
            target is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax single } ? model.GetDeclaredSymbol(single) : model.GetSymbolInfo(target).Symbol,
        DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax names } when names.Variables.ElementAtOrDefault(index) is SingleVariableDesignationSyntax single =>
            model.GetDeclaredSymbol(single),
        _ => null,
    };

    private bool IsInitialized(ISymbol? variable, bool isLayer)
    {
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            if (node is RecursivePatternSyntax { Type: { } type, PropertyPatternClause: { } properties } && IsLayer(model.GetTypeInfo(type).Type)
                && properties.Subpatterns.Any(part => part.NameColon?.Name.Identifier.ValueText == "weight"))
            {
                return true;
            }
            if (Access(node) is not var (receiver, member))
                continue;
            if (variable is not null && Initializes(member, isLayer) && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(Unwrap(receiver)).Symbol, variable))
                return true;
            if (member.Identifier.ValueText is "weight" or "reset_parameters" && IsLayer(model.GetTypeInfo(receiver).Type) && IsAny(Unwrap(receiver)))
                return true;
        }
        return variable is IFieldSymbol or IPropertySymbol && IsInitializedInOtherFiles(variable, isLayer);
    }

    // only names: the analysis of a file has no model of the other parts of a partial class
    private bool IsInitializedInOtherFiles(ISymbol member, bool isLayer) => member.ContainingType.DeclaringSyntaxReferences
        .Where(part => part.SyntaxTree != model.SyntaxTree)
        .SelectMany(part => part.GetSyntax().DescendantNodes())
        .Any(node => Access(node) is var (receiver, name) && Initializes(name, isLayer) && Unwrap(receiver) switch
        {
            IdentifierNameSyntax identifier => identifier.Identifier.ValueText == member.Name,
            MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText == member.Name,
            _ => false,
        });

    // not a variable of the result of one creation: a parameter, a variable of a loop or a pattern, an element of a list
    private bool IsAny(ExpressionSyntax receiver) => model.GetSymbolInfo(receiver).Symbol switch
    {
        // top-level variables of a script are fields
        (ILocalSymbol or IFieldSymbol) and { DeclaringSyntaxReferences: [{ } reference] } => reference.GetSyntax() switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer is { } initial && !Creates(initial),
            SyntaxNode designation => !designation.Ancestors().TakeWhile(ancestor => ancestor is not StatementSyntax).Any(ancestor => ancestor is AssignmentExpressionSyntax),
        },
        IFieldSymbol or IPropertySymbol { IsIndexer: false } => false,
        _ => !Creates(receiver),
    };

    private bool Creates(SyntaxNode part) =>
        part.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(call => call.Name()?.Identifier.ValueText == layer.Name);

    private bool IsLayer(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(type, layer);

    private static (ExpressionSyntax Receiver, SimpleNameSyntax Member)? Access(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax access => (access.Expression, access.Name),
        MemberBindingExpressionSyntax binding when binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>(access => access.WhenNotNull.Contains(binding)) is { } access =>
            (access.Expression, binding.Name),
        _ => null,
    };

    private static ExpressionSyntax Unwrap(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Unwrap(parenthesized.Expression),
        CastExpressionSyntax cast => Unwrap(cast.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Unwrap(suppressed.Operand),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } conversion => Unwrap(conversion.Left),
        _ => expression,
    };
}
