using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>Determines which tensors a dispose scope disposes of.</summary>
internal static class Scopes
{
    private static readonly string[] _keeps = ["MoveToOuterDisposeScope", "DetachFromDisposeScope", "MoveToOtherDisposeScope",
        "MoveToOuter", "MoveToOther", "Detach", "DisposeEverythingBut"];

    /// <summary>Returns whether a statement is inside the dispose scope of its function.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="model">The semantic model of the file.</param>
    /// <param name="torch">TorchSharp's types.</param>
    /// <param name="scope">The statement that opens the scope.</param>
    public static bool IsInside(StatementSyntax statement, SemanticModel model, TorchSymbols torch, [NotNullWhen(true)] out StatementSyntax? scope)
    {
        var function = Regions.Function(statement);
        SyntaxNode child = statement;
        for (var current = statement.Parent; current is not null && child != function; (child, current) = (current, current.Parent))
        {
            scope = current switch
            {
                UsingStatementSyntax block when block.Statement == child
                    && Opens(block.Declaration ?? (SyntaxNode?)block.Expression, model, torch) => block,
                BlockSyntax block => block.Statements.TakeWhile(other => other != child).OfType<LocalDeclarationStatementSyntax>()
                    .LastOrDefault(other => other.UsingKeyword.IsKind(SyntaxKind.UsingKeyword) && Opens(other.Declaration, model, torch)),
                _ => null,
            };
            if (scope is not null)
                return true;
        }
        scope = null;
        return false;
    }

    /// <summary>Returns whether a scope disposes of a value: an operation of TorchSharp created it inside the scope, and it was not moved or detached.</summary>
    public static bool DisposesOf(ExpressionSyntax value, StatementSyntax scope, SemanticModel model, TorchSymbols torch)
    {
        if (value is not IdentifierNameSyntax name)
            return IsNew(value, scope, model, torch);
        if (model.GetSymbolInfo(name).Symbol is not ILocalSymbol local
            || Regions.IsOutside(local, scope is UsingStatementSyntax ? scope : scope.Parent!)
            || local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not VariableDeclaratorSyntax declarator
            || declarator.SpanStart < scope.SpanStart)
        {
            return false;
        }
        var function = Regions.Function(value);
        if (Regions.Nodes(function).OfType<InvocationExpressionSyntax>().Any(call => Keeps(call, local.Name)))
            return false;
        var values = Regions.Nodes(function).OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Left.ToString() == local.Name).ToList();
        // x += y and (x, y) = … are not analyzed
        if (values.Any(assignment => !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression))
            || Regions.Nodes(function).OfType<TupleExpressionSyntax>().Any(tuple => tuple.Parent is AssignmentExpressionSyntax assignment
            && assignment.Left == tuple && tuple.Arguments.Any(argument => argument.Expression.ToString() == local.Name)))
        {
            return false;
        }
        return (declarator.Initializer is null || IsNew(declarator.Initializer.Value, scope, model, torch))
            && (declarator.Initializer is not null || values.Count > 0)
            && values.All(assignment => IsNew(assignment.Right, scope, model, torch));
    }

    /// <summary>Returns whether a variable that is declared outside of a scope is read after the end of the scope, before it is written again.</summary>
    /// <param name="variable">A local variable, a parameter, a field or a property.</param>
    /// <param name="written">The place in the scope where the variable gets the value.</param>
    /// <param name="scope">The statement that opens the scope.</param>
    /// <param name="model">The semantic model of the file.</param>
    public static bool IsReadAfter(ISymbol variable, ExpressionSyntax written, StatementSyntax scope, SemanticModel model)
    {
        var region = scope is UsingStatementSyntax ? scope : scope.Parent!;
        var isLocal = variable is ILocalSymbol or IParameterSymbol;
        if (isLocal && !Regions.IsOutside(variable, region) || Regions.Nodes(Regions.Function(written)).OfType<InvocationExpressionSyntax>().Any(call => Keeps(call, variable.Name)))
            return false;
        var part = isLocal ? Regions.Member(written) : written.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? written.SyntaxTree.GetRoot();
        var names = part.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable.Name && !IsTest(name)
            && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol, variable)).ToList();
        var next = names.FirstOrDefault(name => name.SpanStart > region.Span.End);
        if (isLocal || next is not null && Regions.Member(next) == Regions.Member(written))
            return next is not null && !IsAssigned(next);
        // a field: another member reads it, and does not write it
        return names.GroupBy(Regions.Member).Any(member => member.Key != Regions.Member(written) && !member.Any(IsAssigned));
    }

    private static bool IsAssigned(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Parent: AssignmentExpressionSyntax assignment } member => assignment.Left == member,
        ArgumentSyntax { RefKindKeyword.RawKind: not 0 } => true,
        ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } => assignment.Left == tuple,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Clear" } member => member.Expression == name,
        _ => false,
    };

    // x.IsInvalid does not throw
    private static bool IsTest(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "IsInvalid" } member && member.Expression == name;

    private static bool Opens(SyntaxNode? opening, SemanticModel model, TorchSymbols torch) =>
        opening?.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
        .Any(call => call.Name()?.Identifier.ValueText == "NewDisposeScope" && torch.Declares(model.GetSymbolInfo(call).Symbol)) == true;

    private static bool Keeps(InvocationExpressionSyntax call, string variable) => _keeps.Contains(call.Name()?.Identifier.ValueText)
        && (Regions.IsOn(call, variable) || call.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Any(name => name.Identifier.ValueText == variable));

    private static bool IsNew(ExpressionSyntax value, StatementSyntax scope, SemanticModel model, TorchSymbols torch) => value switch
    {
        ParenthesizedExpressionSyntax inner => IsNew(inner.Expression, scope, model, torch),
        ConditionalExpressionSyntax choice => IsNew(choice.WhenTrue, scope, model, torch) && IsNew(choice.WhenFalse, scope, model, torch),
        _ => model.GetOperation(value)?.Unwrap() switch
        {
            IInvocationOperation call => torch.IsTensor(call.Type) && IsMaker(call.TargetMethod, torch) && value.SpanStart > scope.SpanStart,
            IBinaryOperation binary => torch.Declares(binary.OperatorMethod),
            IUnaryOperation unary => torch.Declares(unary.OperatorMethod),
            IPropertyReferenceOperation { Property.IsIndexer: true } element => torch.IsTensor(element.Instance?.Type),
            _ => false,
        },
    };

    // a method whose name ends with _ changes its tensor and returns it
    private static bool IsMaker(IMethodSymbol method, TorchSymbols torch)
    {
        if (method.Name.EndsWith("_", StringComparison.Ordinal) || _keeps.Contains(method.Name) || method.Name is "with_requires_grad" or "print")
            return false;
        if (torch.IsModule(method.ContainingType))
            return torch.IsMethod(method, "call");
        return torch.Declares(method) && (torch.IsTensor(method.ContainingType) || IsInTorch(method.ContainingType, torch)) && !method.IsGenericMethod;
    }

    private static bool IsInTorch(INamedTypeSymbol? type, TorchSymbols torch)
    {
        for (; type is { IsStatic: true }; type = type.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, torch.Torch))
                return true;
        }
        return false;
    }
}
