using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers.Symbols;

/// <summary>Finds the names that the source gives to values: of variables, properties and members of anonymous objects.</summary>
internal static class NamedValues
{
    /// <summary>The kinds of nodes that give a name to a value.</summary>
    public static readonly SyntaxKind[] Kinds =
    [
        SyntaxKind.VariableDeclarator, SyntaxKind.PropertyDeclaration, SyntaxKind.SimpleAssignmentExpression, SyntaxKind.AnonymousObjectMemberDeclarator,
    ];

    /// <summary>Returns the names and the values of a node; a deconstruction has several.</summary>
    public static IEnumerable<(string Name, ExpressionSyntax Value)> Of(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax { Initializer.Value: { } value } variable => [(variable.Identifier.ValueText, value)],
        PropertyDeclarationSyntax property when (property.Initializer?.Value ?? property.ExpressionBody?.Expression) is { } value => [(property.Identifier.ValueText, value)],
        AnonymousObjectMemberDeclaratorSyntax { NameEquals.Name.Identifier.ValueText: var name } member => [(name, member.Expression)],
        AssignmentExpressionSyntax { Right: TupleExpressionSyntax values } assignment when Names(assignment.Left).ToList() is var names && names.Count == values.Arguments.Count =>
            names.Zip(values.Arguments, (name, value) => (name ?? "", value.Expression)),
        AssignmentExpressionSyntax assignment when Name(assignment.Left) is { } name => [(name, assignment.Right)],
        _ => [],
    };

    /// <summary>Returns the names of the variables that an assignment sets, in order; null for a variable without a name.</summary>
    /// <param name="target">The left side of the assignment: a variable or a tuple.</param>
    public static IEnumerable<string?> Names(ExpressionSyntax target) => target switch
    {
        TupleExpressionSyntax tuple => tuple.Arguments.Select(argument => Name(argument.Expression)),
        DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax tuple } =>
            tuple.Variables.Select(variable => (variable as SingleVariableDesignationSyntax)?.Identifier.ValueText),
        _ => [Name(target)],
    };

    private static string? Name(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax variable } => variable.Identifier.ValueText,
        _ => null,
    };
}
