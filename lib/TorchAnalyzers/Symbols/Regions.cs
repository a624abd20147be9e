using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers.Symbols;

/// <summary>Finds the enclosing functions and loops of a node, and names in a part of the source.</summary>
internal static class Regions
{
    /// <summary>Returns the function that contains a node: a member, a local function or a lambda; for top-level statements, the file.</summary>
    public static SyntaxNode Function(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            if (IsFunction(current))
                return current;
        }
        return node.SyntaxTree.GetRoot();
    }

    /// <summary>Returns the outermost function that contains a node, including its local functions and lambdas; for top-level statements, the file.</summary>
    public static SyntaxNode Member(SyntaxNode node)
    {
        for (var current = node.Parent; current is not null; current = current.Parent)
        {
            if (current is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax { Parent: TypeDeclarationSyntax })
                return current;
        }
        return node.SyntaxTree.GetRoot();
    }

    /// <summary>Returns the loops that contain a node in its function, from the inside out.</summary>
    public static IEnumerable<StatementSyntax> Loops(SyntaxNode node)
    {
        for (var (current, child) = (node.Parent, node); current is not null && !IsFunction(current); (current, child) = (current.Parent, current))
        {
            if (Body(current) == child)
                yield return (StatementSyntax)current;
        }
    }

    /// <summary>Returns the body of a loop; null if the node is not a loop.</summary>
    public static StatementSyntax? Body(SyntaxNode node) => node switch
    {
        ForStatementSyntax loop => loop.Statement,
        CommonForEachStatementSyntax loop => loop.Statement,
        WhileStatementSyntax loop => loop.Statement,
        DoStatementSyntax loop => loop.Statement,
        _ => null,
    };

    /// <summary>Returns whether an exception of the code is expected: in a try with a catch, as the value of a lambda, or in a lambda that is passed to
    /// a method such as Throws.</summary>
    public static bool IsExceptionExpected(SyntaxNode node) => node.Ancestors().Any(ancestor =>
        ancestor is TryStatementSyntax { Catches.Count: > 0 } attempt && attempt.Block.Span.Contains(node.Span)
        || ancestor is LambdaExpressionSyntax { ExpressionBody: not null }
        || ancestor is LambdaExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }
        && call.Name()?.Identifier.ValueText.IndexOf("Throw", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Returns the nodes of a function or a part of it, without the nodes of types declared in it.</summary>
    public static IEnumerable<SyntaxNode> Nodes(SyntaxNode node) =>
        node.DescendantNodes(child => child == node || child is not (BaseTypeDeclarationSyntax or MethodDeclarationSyntax));

    /// <summary>Returns the calls of methods with a name in a part of the source.</summary>
    public static IEnumerable<InvocationExpressionSyntax> Calls(SyntaxNode node, string name) =>
        Nodes(node).OfType<InvocationExpressionSyntax>().Where(call => call.Name()?.Identifier.ValueText == name);

    /// <summary>Returns whether one of the names occurs anywhere in a file, including its methods and types.</summary>
    public static bool FileMentions(SyntaxNode node, params string[] names) =>
        node.SyntaxTree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText));

    /// <summary>Returns whether one of the names occurs in a part of the source.</summary>
    public static bool Mentions(SyntaxNode node, params string[] names) =>
        Nodes(node).OfType<SimpleNameSyntax>().Any(name => names.Contains(name.Identifier.ValueText));

    /// <summary>Returns whether a call is <c>variable.method(…)</c>.</summary>
    public static bool IsOn(InvocationExpressionSyntax call, string variable) => Receiver(call)?.ToString() == variable;

    /// <summary>Returns the expression before the dot of a call.</summary>
    public static ExpressionSyntax? Receiver(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Expression;

    /// <summary>Returns whether a variable is declared outside of a part of the source.</summary>
    public static bool IsOutside(ISymbol variable, SyntaxNode part) =>
        !variable.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == part.SyntaxTree && part.Span.Contains(reference.Span));

    private static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or PropertyDeclarationSyntax;
}
