using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers.Symbols;

/// <summary>Finds assignments to variables by name: an assignment to another variable with the same name also counts.</summary>
internal static class Assignments
{
    /// <summary>Returns the places in a part of the source that write to a variable, except its declaration.</summary>
    public static IEnumerable<IdentifierNameSyntax> In(SyntaxNode part, string variable) =>
        part.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == variable && IsWritten(name));

    /// <summary>Returns the names of the variables that a file writes to, except in their declarations.</summary>
    public static ISet<string> Names(SyntaxNode file) => new HashSet<string>(
        file.DescendantNodes().OfType<IdentifierNameSyntax>().Where(IsWritten).Select(name => name.Identifier.ValueText), StringComparer.Ordinal);

    /// <summary>Returns the statements before a statement in its block or at the top level of the file, the nearest first.</summary>
    public static IEnumerable<StatementSyntax> Earlier(StatementSyntax statement)
    {
        IEnumerable<StatementSyntax> siblings = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement),
            _ => [],
        };
        return siblings.TakeWhile(other => other != statement).Reverse();
    }

    /// <summary>
    /// Returns the value of a variable of a function at a place: the value from the last statement before it in the same block or in an enclosing block, if nothing
    /// between them writes to the variable.
    /// </summary>
    public static IOperation? Before(SyntaxNode place, string variable, SemanticModel model)
    {
        if (Statement(place) is not { } statement || !IsReadFirst(statement, variable))
            return null;
        for (var depth = 0; depth < 16; depth++)
        {
            if (statement.Parent is not StatementSyntax and not ElseClauseSyntax and not GlobalStatementSyntax)
                return null;
            foreach (var earlier in Earlier(statement))
            {
                if (Value(earlier, variable) is { } value)
                    return model.GetOperation(value)?.Unwrap();
                if (Writes(earlier, variable))
                    return null;
            }
            // an enclosing loop may write to the variable later
            if (statement.Parent?.FirstAncestorOrSelf<StatementSyntax>(node => node != statement && node is not BlockSyntax) is not { } outer
                || outer is LocalFunctionStatementSyntax || Statement(statement.Parent) is null || Writes(outer, variable))
            {
                return null;
            }
            statement = outer;
        }
        return null;
    }

    // the enclosing statement in the same function
    private static StatementSyntax? Statement(SyntaxNode place)
    {
        for (var current = place; current is not null; current = current.Parent)
        {
            if (current is StatementSyntax statement)
                return statement;
            if (current is AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax)
                return null;
        }
        return null;
    }

    // x = f(x) reads x before it writes to it
    private static bool IsReadFirst(StatementSyntax statement, string variable) => !Writes(statement, variable)
        || Assigned(statement, variable) is { } value && !Writes(value, variable);

    private static ExpressionSyntax? Value(StatementSyntax statement, string variable)
    {
        if (Assigned(statement, variable) is { } assigned)
            return Writes(assigned, variable) ? null : assigned;
        return statement is LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } initial } only] } && only.Identifier.ValueText == variable
            ? initial
            : null;
    }

    private static ExpressionSyntax? Assigned(StatementSyntax statement, string variable) =>
        statement is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } assignment }
        && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && name.Identifier.ValueText == variable ? assignment.Right : null;

    private static bool Writes(SyntaxNode part, string variable) => part is IdentifierNameSyntax name
        ? name.Identifier.ValueText == variable && IsWritten(name)
        : In(part, variable).Any();

    private static bool IsWritten(IdentifierNameSyntax name)
    {
        SyntaxNode written = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member ? member : name;
        return written.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == written,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None)
                || argument.Parent is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax tuple } && tuple.Left == argument.Parent,
            RefExpressionSyntax => true,
            _ => false,
        };
    }
}
