using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>Converts C# code to HTML with the kinds of tokens as classes, from the syntax only: nothing is compiled.</summary>
internal static class CSharpHtml
{
    private static readonly CSharpParseOptions _dialect = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static string Write(string code)
    {
        var html = new StringBuilder(code.Length * 2);
        foreach (var token in CSharpSyntaxTree.ParseText(code, _dialect).GetRoot().DescendantTokens())
        {
            Append(html, token.LeadingTrivia);
            Append(html, token.Text, Class(token));
            Append(html, token.TrailingTrivia);
        }
        return html.ToString();
    }

    private static void Append(StringBuilder html, SyntaxTriviaList trivia)
    {
        foreach (var piece in trivia)
            Append(html, piece.ToFullString(), piece.IsDirective ? "directive" : IsComment(piece.Kind()) ? "comment" : null);
    }

    private static void Append(StringBuilder html, string text, string? kind)
    {
        var encoded = WebUtility.HtmlEncode(text);
        if (kind is null || text.Length == 0)
            html.Append(encoded);
        else
            html.Append("<span class=\"").Append(kind).Append('"').Append(LanguageOf(text)).Append('>').Append(encoded).Append("</span>");
    }

    /// <summary>Returns the language attribute of Chinese text; empty for other text.</summary>
    internal static string LanguageOf(string text) => text.Any(character => character >= ProseHtml.FirstOfEastAsia) ? $" lang=\"{ReadingLanguage.Chinese.Tag}\"" : "";

    private static bool IsComment(SyntaxKind kind) => kind is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia
        or SyntaxKind.DisabledTextTrivia;

    private static string? Class(SyntaxToken token)
    {
        var kind = token.Kind();
        return kind switch
        {
            SyntaxKind.NumericLiteralToken => "number",
            SyntaxKind.IdentifierToken => token.Parent is { } parent ? ClassOfName(token, parent) : null,
            SyntaxKind.InterpolatedStringTextToken or SyntaxKind.InterpolatedStringStartToken
                or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedVerbatimStringStartToken
                or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
                or SyntaxKind.InterpolatedRawStringEndToken or SyntaxKind.CharacterLiteralToken => "string",
            SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
                or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken
                or SyntaxKind.Utf8MultiLineRawStringLiteralToken => "string",
            _ when SyntaxFacts.IsKeywordKind(kind) => "keyword",
            _ => null,
        };
    }

    private static string? ClassOfName(SyntaxToken token, SyntaxNode parent) => parent switch
    {
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or TypeParameterSyntax or ConstructorDeclarationSyntax => "type",
        MethodDeclarationSyntax or LocalFunctionStatementSyntax => "function",
        IdentifierNameSyntax { IsVar: true } or IdentifierNameSyntax { IsUnmanaged: true } => "keyword",
        SimpleNameSyntax name when IsCalled(name) => "function",
        SimpleNameSyntax name when IsNamespace(name) => null,
        SimpleNameSyntax name when IsType(name) => "type",
        _ => null,
    };

    private static bool IsCalled(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax => true,
        MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax } => true,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member => member.Name == name && call.Expression == member,
        _ => false,
    };

    private static bool IsNamespace(SimpleNameSyntax name)
        => name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { Alias: null, StaticKeyword.RawKind: 0 }
            || name.Parent is QualifiedNameSyntax qualified && qualified.Left == name;

    // by convention, a capitalized name before a dot is a type
    private static bool IsType(SimpleNameSyntax name)
        => SyntaxFacts.IsInTypeOnlyContext(name)
            || name is GenericNameSyntax
            || name.Parent is QualifiedNameSyntax or UsingDirectiveSyntax
            || (name.Parent is MemberAccessExpressionSyntax member && member.Expression == name && char.IsUpper(name.Identifier.Text[0]));
}
