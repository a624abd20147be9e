using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookHost.Checks.Compilation;

/// <summary>A cell without the parts that do not compile, so that one error does not cause errors in all later cells.</summary>
internal static class CellSkeleton
{
    /// <summary>Returns the cell without the declarations and statements that have errors; the names that they declare become variables of type dynamic.</summary>
    public static string Of(SyntaxTree tree, IReadOnlyCollection<Diagnostic> errors)
    {
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var broken = root.Usings.Concat<SyntaxNode>(root.Members)
            .Where(node => errors.Any(error
                => error.Location.SourceTree == tree && node.FullSpan.IntersectsWith(error.Location.SourceSpan)))
            .ToList();
        var names = broken.SelectMany(Declared).Distinct(StringComparer.Ordinal);
        var rest = root.RemoveNodes(broken, SyntaxRemoveOptions.KeepNoTrivia)!;
        return $"{rest.ToFullString()}\n{string.Join('\n', names.Select(name => $"dynamic {name} = null;"))}";
    }

    private static IEnumerable<string> Declared(SyntaxNode node) => node switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.Text),
        // a dynamic variable can be called like a method
        MethodDeclarationSyntax method => [method.Identifier.Text],
        GlobalStatementSyntax { Statement: ExpressionStatementSyntax statement } =>
            statement.DescendantNodes(child => child is not AnonymousFunctionExpressionSyntax)
                .OfType<SingleVariableDesignationSyntax>()
                .Select(variable => variable.Identifier.Text),
        _ => [],
    };
}
