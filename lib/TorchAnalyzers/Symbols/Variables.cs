using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>Finds the value of a variable that is given one value only.</summary>
internal static class Variables
{
    /// <summary>Returns the variable that an operation reads: a local, a parameter, a field, or a property; null for anything else.</summary>
    public static ISymbol? Of(IOperation? operation) => operation?.Unwrap() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.Length: 0 } property => property.Property,
        _ => null,
    };

    /// <summary>Returns the operation itself, or, where it reads a variable that is assigned only where it is declared, the value given to it there.</summary>
    public static IOperation Resolve(IOperation operation)
    {
        // a variable of a variable of a variable ends somewhere
        for (var depth = 0; depth < 8; depth++)
        {
            operation = operation.Unwrap();
            if (OnlyValue(operation) is not { } value)
                return operation;
            operation = value;
        }
        return operation;
    }

    private static IOperation? OnlyValue(IOperation operation)
    {
        if (operation.SemanticModel is not { } model)
            return null;
        ISymbol? symbol = operation switch
        {
            ILocalReferenceOperation local => local.Local,
            // variables of a script's top level are fields; other fields may be assigned in other files
            IFieldReferenceOperation { Field.ContainingType.IsScriptClass: true } field => field.Field,
            _ => null,
        };
        if (symbol?.DeclaringSyntaxReferences is not [{ } reference] || reference.SyntaxTree != operation.Syntax.SyntaxTree
            || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator)
        {
            return null;
        }
        return IsAssigned(declarator, symbol) ? null : model.GetOperation(value)?.Unwrap();
    }

    /// <summary>Returns whether a variable is given another value after its declaration. Names decide: another variable of the name counts.</summary>
    private static bool IsAssigned(VariableDeclaratorSyntax declarator, ISymbol symbol)
    {
        SyntaxNode scope = declarator;
        while (scope.Parent is not null and not MemberDeclarationSyntax { Parent: TypeDeclarationSyntax })
            scope = scope.Parent;
        foreach (var node in scope.DescendantNodes())
        {
            if (node is IdentifierNameSyntax name && name.Identifier.ValueText == symbol.Name && IsWritten(name))
                return true;
        }
        return false;
    }

    private static bool IsWritten(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None)
            || argument.Parent is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax tuple } && tuple.Left == argument.Parent,
        RefExpressionSyntax => true,
        _ => false,
    };
}
