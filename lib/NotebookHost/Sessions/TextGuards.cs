using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace NotebookHost.Sessions;

/// <summary>
/// Inserts a recursion limit into the <c>ToString</c> methods of a cell's types and records, so that an infinite recursion throws an exception. Otherwise, a stack
/// overflow would end the process. Also redirects <c>Console.OpenStandardInput</c> to the input of the host, because the standard input of the process is empty.
/// Line numbers do not change.
/// </summary>
internal sealed class TextGuards : CSharpSyntaxWalker
{
    /// <summary>The types that the inserted code uses, for the first script of the session.</summary>
    public const string Declaration = """
        [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
        public readonly struct TextDepth__ : System.IDisposable
        {
            [System.ThreadStatic] private static int _depth;
            public static TextDepth__ Enter()
            {
                if (_depth >= 2000) throw new System.InsufficientExecutionStackException("infinite recursion in ToString");
                _depth++;
                return default;
            }
            public void Dispose() => _depth--;
        }
        [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
        public static class StandardInput__
        {
            public static System.IO.Stream Open(int bufferSize = 0) => ((System.Func<System.IO.Stream>)System.AppContext.GetData("NotebookHost.StandardInput"))();
        }
        """;

    private const string OpenInput = "OpenStandardInput";

    private const string Enter = "using var guard__ = TextDepth__.Enter(); ";

    private readonly List<TextChange> _changes = [];

    private TextGuards()
    {
    }

    /// <summary>Returns a script with inserted limits; null if it declares no <c>ToString</c> and no record and does not open the standard input.</summary>
    public static SourceText? Add(SyntaxTree script)
    {
        var text = script.GetText();
        var source = text.ToString();
        if (!source.Contains("ToString", StringComparison.Ordinal) && !source.Contains("record", StringComparison.Ordinal)
            && !source.Contains(OpenInput, StringComparison.Ordinal))
            return null;
        var guards = new TextGuards();
        guards.Visit(script.GetRoot());
        return guards._changes.Count == 0 ? null : text.WithChanges(guards._changes.OrderBy(change => change.Span.Start));
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        if (IsText(node))
        {
            if (node.Body is { } body)
            {
                _changes.Add(new TextChange(new TextSpan(body.OpenBraceToken.Span.End, 0), Enter));
            }
            else if (node.ExpressionBody is { } arrow && !node.SemicolonToken.IsMissing)
            {
                var returned = arrow.Expression is ThrowExpressionSyntax ? "" : "return ";
                _changes.Add(new TextChange(arrow.ArrowToken.Span, $"{{ {Enter}{returned}"));
                _changes.Add(new TextChange(node.SemicolonToken.Span, "; }"));
            }
        }
        base.VisitMethodDeclaration(node);
    }

    public override void VisitRecordDeclaration(RecordDeclarationSyntax node)
    {
        if (!node.Members.OfType<MethodDeclarationSyntax>().Any(IsText))
        {
            var name = SymbolDisplay.FormatLiteral(node.Identifier.ValueText + " { ", quote: true);
            var method = new StringBuilder(" [global::System.Runtime.CompilerServices.CompilerGenerated] public override string ToString() { ").Append(Enter)
                .Append("var text__ = new global::System.Text.StringBuilder(").Append(name)
                .Append("); if (PrintMembers(text__)) text__.Append(' '); return text__.Append('}').ToString(); } ")
                .ToString();
            if (!node.CloseBraceToken.IsMissing && !node.CloseBraceToken.IsKind(SyntaxKind.None))
                _changes.Add(new TextChange(new TextSpan(node.CloseBraceToken.SpanStart, 0), method));
            else if (!node.SemicolonToken.IsMissing && !node.SemicolonToken.IsKind(SyntaxKind.None))
                _changes.Add(new TextChange(node.SemicolonToken.Span, $" {{{method}}}"));
        }
        base.VisitRecordDeclaration(node);
    }

    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        if (node.Name.Identifier.ValueText == OpenInput && node.Expression.ToString() is ("Console" or "System.Console" or "global::System.Console"))
            _changes.Add(new TextChange(node.Span, "StandardInput__.Open"));
        base.VisitMemberAccessExpression(node);
    }

    private static bool IsText(MethodDeclarationSyntax method)
        => method is { Identifier.ValueText: nameof(ToString), ParameterList.Parameters.Count: 0, TypeParameterList: null }
            && !method.Modifiers.Any(SyntaxKind.AbstractKeyword) && !method.Modifiers.Any(SyntaxKind.StaticKeyword);
}
