using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using NotebookHost.Checks.Compilation;

namespace NotebookHost.Export.CSharp;

/// <summary>A cell as a part of a program: its statements, and the code that C# requires outside of statements.</summary>
/// <param name="Statements">The statements.</param>
/// <param name="Usings">The using directives, for the start of the file.</param>
/// <param name="Types">The types, for the end of the file.</param>
/// <param name="Extensions">The extension methods, for a static class at the end of the file.</param>
internal sealed record ProgramCell(
    string Statements, IReadOnlyList<string> Usings, IReadOnlyList<string> Types, IReadOnlyList<string> Extensions)
{
    /// <summary>Divides a script.</summary>
    /// <exception cref="NotSupportedException">The script contains a declaration that a program cannot contain.</exception>
    public static ProgramCell Of(CheckedScript script, ProgramNames names)
    {
        var tree = script.Tree;
        var root = (CompilationUnitSyntax)tree.GetRoot();
        var model = script.Compilation.GetSemanticModel(tree);
        var edits = new TextEdits(tree.ToString());
        names.Edit(root, model, edits);

        if (root.GetLoadDirectives().Count > 0)
            throw new NotSupportedException("#load is not supported in a program; use #!import");
        foreach (var directive in root.GetReferenceDirectives())
            edits.Remove(directive.FullSpan);
        foreach (var directive in root.Usings)
            edits.Remove(directive.Span);
        var moved = root.Members
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax || IsExtension(member))
            .ToList();
        foreach (var member in root.Members)
        {
            Adapt(member, edits);
            if (moved.Contains(member))
                edits.Remove(Whole(member));
        }
        if (root.Members.LastOrDefault() is GlobalStatementSyntax last)
            ShowValue(last.Statement, model, edits);
        var early = root.Members.OfType<MethodDeclarationSyntax>()
            .Where(method => !IsExtension(method) && UsesLater(method, model))
            .ToList();
        foreach (var method in early)
            edits.Remove(Whole(method));

        return new ProgramCell(
            string.Join("\n\n", early.Select(method => edits.Apply(Whole(method)).Trim()).Prepend(edits.Apply().Trim())).Trim(),
            [.. root.Usings.Select(directive => directive.WithoutTrivia().NormalizeWhitespace().ToFullString())],
            [.. moved.Where(member => !IsExtension(member)).Select(member => edits.Apply(Whole(member)).Trim())],
            [.. moved.Where(IsExtension).Select(member => edits.Apply(Whole(member)).Trim())]);
    }

    private static bool IsExtension(MemberDeclarationSyntax member)
        => member is MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } && first.Modifiers.Any(SyntaxKind.ThisKeyword);

    // functions of a program can use only the variables above them
    private static bool UsesLater(MethodDeclarationSyntax method, SemanticModel model)
        => method.DescendantNodes().OfType<SimpleNameSyntax>()
            .Select(name => model.GetSymbolInfo(name).Symbol)
            .Any(symbol => symbol is IFieldSymbol { DeclaringSyntaxReferences: [var declaration] }
                && declaration.SyntaxTree == method.SyntaxTree && declaration.Span.Start > method.SpanStart
                && ProgramNames.IsShared(symbol));

    // with the preceding comment, without the directives before the first member of a cell
    private static TextSpan Whole(MemberDeclarationSyntax member)
    {
        var start = member.GetLeadingTrivia().LastOrDefault(trivia => trivia.IsDirective) is { RawKind: not 0 } directive
            ? directive.FullSpan.End
            : member.FullSpan.Start;
        return TextSpan.FromBounds(start, member.FullSpan.End);
    }

    private static void Adapt(MemberDeclarationSyntax member, TextEdits edits)
    {
        switch (member)
        {
            case FieldDeclarationSyntax field:
                RemoveModifiers(field.Modifiers, edits, SyntaxKind.ConstKeyword);
                // variables of a script have default values, variables of a program do not
                foreach (var variable in field.Declaration.Variables.Where(variable => variable.Initializer is null))
                    edits.Insert(variable.Span.End, " = default");
                break;
            case MethodDeclarationSyntax method:
                RemoveModifiers(method.Modifiers, edits, SyntaxKind.AsyncKeyword, SyntaxKind.UnsafeKeyword);
                if (IsExtension(method))
                    edits.Insert(method.ReturnType.SpanStart, "internal static ");
                break;
            case PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } accessors } property
                when accessors.Accessors.All(accessor => accessor is { Body: null, ExpressionBody: null }):
                RemoveModifiers(property.Modifiers, edits);
                edits.Replace(accessors.Span, property.Initializer is null ? "= default;" : "");
                break;
            case BaseTypeDeclarationSyntax type:
                // types that are nested in a script can be private, top-level types cannot
                RemoveModifiers(
                    type.Modifiers, edits,
                    SyntaxKind.AbstractKeyword, SyntaxKind.SealedKeyword, SyntaxKind.StaticKeyword, SyntaxKind.PartialKeyword,
                    SyntaxKind.ReadOnlyKeyword, SyntaxKind.RefKeyword, SyntaxKind.UnsafeKeyword);
                break;
            case DelegateDeclarationSyntax type:
                RemoveModifiers(type.Modifiers, edits, SyntaxKind.UnsafeKeyword);
                break;
            case GlobalStatementSyntax:
                break;
            default:
                throw new NotSupportedException($"a top-level {member.Kind()} is not supported in a program");
        }
    }

    private static void RemoveModifiers(SyntaxTokenList modifiers, TextEdits edits, params SyntaxKind[] kept)
    {
        foreach (var modifier in modifiers.Where(modifier => !kept.Contains(modifier.Kind())))
            edits.Remove(TextSpan.FromBounds(modifier.SpanStart, modifier.GetNextToken().SpanStart));
    }

    private static void ShowValue(StatementSyntax statement, SemanticModel model, TextEdits edits)
    {
        var value = statement switch
        {
            ExpressionStatementSyntax { SemicolonToken.IsMissing: true } trailing => trailing.Expression,
            ReturnStatementSyntax { Expression: { } returned } => returned,
            _ => null,
        };
        if (value is null)
            return;
        if (statement is ReturnStatementSyntax returning)
        {
            edits.Remove(TextSpan.FromBounds(returning.ReturnKeyword.SpanStart, value.SpanStart));
            edits.Remove(returning.SemicolonToken.Span);
        }
        if (model.GetTypeInfo(value).Type?.SpecialType == SpecialType.System_Void)
        {
            edits.Insert(value.Span.End, ";");
            return;
        }
        edits.Insert(value.SpanStart, "NotebookConsole.Show(");
        edits.Insert(value.Span.End, ");");
    }
}
