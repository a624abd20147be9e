using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookHost.Sessions;

/// <summary>Distinguishes a cell whose value is null from a cell without a value.</summary>
internal static class TrailingExpression
{
    public static bool HasValue(Compilation submission)
    {
        var tree = submission.SyntaxTrees.First();
        var root = (CompilationUnitSyntax)tree.GetRoot();
        return root.Members.LastOrDefault() is GlobalStatementSyntax { Statement: var last } && last switch
        {
            ExpressionStatementSyntax { SemicolonToken.IsMissing: true } trailing
                => submission.GetSemanticModel(tree).GetTypeInfo(trailing.Expression).Type?.SpecialType != SpecialType.System_Void,
            ReturnStatementSyntax { Expression: not null } => true,
            _ => false,
        };
    }
}
