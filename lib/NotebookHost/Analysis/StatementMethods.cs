using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NotebookHost.Analysis;

/// <summary>
/// A script whose top-level statements are moved to methods, because the compiler does not provide operations and code blocks of statements outside
/// of members to analyzers. Declarations are not moved. The transformation only inserts text, so that positions can be mapped back.
/// </summary>
internal sealed class StatementMethods
{
    private readonly List<TextChange> _insertions = [];

    private StatementMethods(CSharpCompilation compilation, SyntaxTree tree)
    {
        Compilation = compilation;
        Tree = tree;
    }

    /// <summary>Gets the script to analyze.</summary>
    public CSharpCompilation Compilation { get; private set; }

    /// <summary>Gets the tree of the script to analyze.</summary>
    public SyntaxTree Tree { get; private set; }

    /// <summary>Returns the transformed script; files that it loads are not changed.</summary>
    public static StatementMethods Of(CSharpCompilation script)
    {
        var tree = script.SyntaxTrees[^1];
        var result = new StatementMethods(script, tree);
        var members = ((CompilationUnitSyntax)tree.GetRoot()).Members;
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i] is not GlobalStatementSyntax first)
                continue;
            var last = first;
            while (i + 1 < members.Count && members[i + 1] is GlobalStatementSyntax next)
                (last, i) = (next, i + 1);
            result.Wrap(first, last);
        }
        if (result._insertions.Count > 0)
        {
            result.Tree = CSharpSyntaxTree.ParseText(tree.GetText().WithChanges(result._insertions), (CSharpParseOptions)tree.Options, tree.FilePath);
            result.Compilation = script.ReplaceSyntaxTree(tree, result.Tree);
        }
        return result;
    }

    /// <summary>Returns the position in the original script of a span of the analyzed script; null if the text was inserted.</summary>
    public int? Original(TextSpan span)
    {
        var inserted = 0;
        foreach (var insertion in _insertions)
        {
            var start = insertion.Span.Start + inserted;
            var end = start + insertion.NewText!.Length;
            if (span.Start < start)
                break;
            if (span.Start < end)
                return span.End > end ? insertion.Span.Start : null;
            inserted += insertion.NewText.Length;
        }
        return span.Start - inserted;
    }

    private void Wrap(GlobalStatementSyntax first, GlobalStatementSyntax last)
    {
        Insert(first.SpanStart, $"private async global::System.Threading.Tasks.Task<object> CellStatements{_insertions.Count}() {{ ");
        // the value of the cell counts as used
        if (last.Statement is ExpressionStatementSyntax { SemicolonToken.IsMissing: true } value)
        {
            Insert(value.SpanStart, "return ");
            Insert(value.Span.End, "; }");
        }
        else
        {
            Insert(last.Span.End, " return null; }");
        }
    }

    private void Insert(int position, string text) => _insertions.Add(new TextChange(new TextSpan(position, 0), text));
}
