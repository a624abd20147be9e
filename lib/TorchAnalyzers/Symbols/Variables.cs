using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace TorchAnalyzers.Symbols;

/// <summary>Finds the value of a variable: its only value, or the value that a previous statement assigns.</summary>
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

    /// <summary>Returns the value of the variable that an operation reads, if the source shows it; otherwise the operation.</summary>
    public static IOperation Resolve(IOperation operation)
    {
        // the depth is limited, because variables can refer to each other
        for (var depth = 0; depth < 8; depth++)
        {
            operation = operation.Unwrap();
            if (Value(operation) is not { } value)
                return operation;
            operation = value;
        }
        return operation;
    }

    private static IOperation? Value(IOperation operation)
    {
        if (operation.SemanticModel is not { } model)
            return null;
        switch (operation)
        {
            case ILocalReferenceOperation { Local: var local }:
                return OnlyValue(local, operation.Syntax, model) ?? Assignments.Before(operation.Syntax, local.Name, model);
            case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter }:
                return Assignments.Before(operation.Syntax, parameter.Name, model);
            // top-level variables of a script are fields
            case IFieldReferenceOperation { Field: { ContainingType.IsScriptClass: true } field }:
                return OnlyValue(field, operation.Syntax, model);
            case IFieldReferenceOperation { Instance: IInstanceReferenceOperation, Field: var field }:
                return OfField(field, operation.Syntax, model);
            default:
                return null;
        }
    }

    private static IOperation? OnlyValue(ISymbol symbol, SyntaxNode place, SemanticModel model)
    {
        if (symbol.DeclaringSyntaxReferences is not [{ } reference]
            || reference.GetSyntax() is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator)
        {
            return null;
        }
        if (reference.SyntaxTree == place.SyntaxTree)
            return Assignments.In(Scope(declarator), symbol.Name).Any() ? null : model.GetOperation(value)?.Unwrap();
        return symbol is IFieldSymbol ? EarlierCells.Model(model.Compilation, reference.SyntaxTree, symbol.Name)?.GetOperation(value)?.Unwrap() : null;
    }

    // a field that is set in its declaration or in one place in the constructor
    private static IOperation? OfField(IFieldSymbol field, SyntaxNode place, SemanticModel model)
    {
        if (!field.IsReadOnly && field.DeclaredAccessibility != Accessibility.Private
            || field.ContainingType.DeclaringSyntaxReferences.Length != 1 || field.DeclaringSyntaxReferences is not [{ } reference]
            || reference.SyntaxTree != place.SyntaxTree || reference.GetSyntax() is not VariableDeclaratorSyntax declarator
            || declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
        {
            return null;
        }
        var written = Assignments.In(type, field.Name).Take(2).ToList();
        var value = (declarator.Initializer?.Value, written) switch
        {
            ({ } initial, []) => initial,
            (null, [{ } only]) when only.FirstAncestorOrSelf<AssignmentExpressionSyntax>() is { Parent: ExpressionStatementSyntax { Parent.Parent: ConstructorDeclarationSyntax } } assignment
                && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && assignment.Left.Contains(only) && assignment.Left is not TupleExpressionSyntax
                && type.Members.OfType<ConstructorDeclarationSyntax>().Count(constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword)) == 1 =>
                assignment.Right,
            _ => null,
        };
        return value is null ? null : model.GetOperation(value)?.Unwrap();
    }

    private static SyntaxNode Scope(SyntaxNode declarator)
    {
        while (declarator.Parent is not null and not MemberDeclarationSyntax { Parent: TypeDeclarationSyntax })
            declarator = declarator.Parent;
        return declarator;
    }
}
