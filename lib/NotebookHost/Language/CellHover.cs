using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.QuickInfo;

namespace NotebookHost.Language;

/// <summary>Describes the name at a position with Roslyn's quick info.</summary>
internal static class CellHover
{
    private const int MaxOverloads = 12;

    private static readonly string[] _documentation =
    [
        QuickInfoSectionKinds.DocumentationComments, QuickInfoSectionKinds.ReturnsDocumentationComments, QuickInfoSectionKinds.ValueDocumentationComments,
        QuickInfoSectionKinds.Exception, QuickInfoSectionKinds.RemarksDocumentationComments,
    ];

    /// <param name="code">The cell's text.</param>
    /// <param name="position">The position in the text.</param>
    /// <param name="draft">A function that compiles a text as the next cell of the session, without running it.</param>
    /// <returns>The description; null if there is none.</returns>
    public static Hover? Describe(string code, int position, Func<string, Compilation> draft)
    {
        var compilation = draft(CellText.WithoutMagics(code));
        var tree = compilation.SyntaxTrees.Last();
        var token = TokenAt(tree.GetRoot(), position);
        if (token is not null && UnknownType(token.Value, compilation) is { } unknown)
            return unknown;
        if (CellSignatures.Describe(compilation, position) is { } call && (token is null || token.Value.Parent is not SimpleNameSyntax and not PredefinedTypeSyntax || IsCalled(token.Value)))
            return Overloads(call, position);
        return token is null ? null : QuickInfoAsync(compilation, position, token.Value).GetAwaiter().GetResult();
    }

    private static Hover Overloads(SignatureHelp call, int position)
    {
        var shown = call.Signatures.Skip(call.Active).Concat(call.Signatures.Take(call.Active)).ToList();
        var lines = shown.Take(MaxOverloads).Select(signature => signature.Label).ToList();
        if (shown.Count > MaxOverloads)
            lines.Add($"(+ {shown.Count - MaxOverloads} more)");
        return new Hover(lines, shown[0].Documentation);
    }

    private static async Task<Hover?> QuickInfoAsync(Compilation compilation, int position, SyntaxToken token)
    {
        var document = ScriptWorkspace.Document(compilation);
        var service = QuickInfoService.GetService(document)!;
        var found = await service.GetQuickInfoAsync(document, token.Span.Contains(position) ? position : token.SpanStart).ConfigureAwait(false);
        if (found is null || found.Sections.FirstOrDefault(section => section.Kind == QuickInfoSectionKinds.Description) is not { Text.Length: > 0 } description)
            return null;
        var texts = _documentation.SelectMany(kind => found.Sections.Where(section => section.Kind == kind)).Select(section => RoslynText.Plain(section.Text).Trim());
        return new Hover([RoslynText.Signature(description.Text)], string.Join("\n\n", texts));
    }

    // the position after a name also belongs to the name
    private static SyntaxToken? TokenAt(SyntaxNode root, int position)
    {
        foreach (var place in position > 0 ? [position, position - 1] : (int[])[position])
        {
            var token = root.FindToken(place);
            if (token.Span.Contains(place) && (token.IsKind(SyntaxKind.IdentifierToken) || token.Parent is PredefinedTypeSyntax || token.IsKeyword()))
                return token;
        }
        return null;
    }

    // the name of a called method or of a created type
    private static bool IsCalled(SyntaxToken token)
    {
        var node = token.Parent!;
        while (node.Parent is QualifiedNameSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax && node.Parent.Span.End == node.Span.End)
            node = node.Parent;
        return node.Parent is InvocationExpressionSyntax or ObjectCreationExpressionSyntax;
    }

    /// <summary>Returns the namespaces of a type that is not imported.</summary>
    private static Hover? UnknownType(SyntaxToken token, Compilation compilation)
    {
        if (token.Parent is not SimpleNameSyntax { Parent: not QualifiedNameSyntax { Left: not null } } name || token.GetPreviousToken().IsKind(SyntaxKind.DotToken))
            return null;
        var info = compilation.GetSemanticModel(token.SyntaxTree!).GetSymbolInfo(name);
        if (info.Symbol is not null || info.CandidateSymbols.Length > 0)
            return null;
        var namespaces = UnimportedTypes.Namespaces(token.ValueText, compilation).Take(MaxOverloads).ToList();
        return namespaces.Count == 0 ? null : new Hover([.. namespaces.Select(space => $"using {space};")], $"{token.ValueText} is not imported.");
    }
}
