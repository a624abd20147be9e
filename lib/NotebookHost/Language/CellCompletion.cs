using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Tags;

namespace NotebookHost.Language;

/// <summary>Completes code with Roslyn's completion service.</summary>
internal static class CellCompletion
{
    // the compiler needs about a millisecond per description
    private const int MaxDescriptions = 60;
    private const int MaxUnimported = 100;
    private const int ShortestForUnimported = 3;

    private static readonly (string Tag, string Kind)[] _kinds =
    [
        (WellKnownTags.Namespace, "module"), (WellKnownTags.Enum, "enum"), (WellKnownTags.EnumMember, "field"), (WellKnownTags.Interface, "interface"),
        (WellKnownTags.Structure, "struct"), (WellKnownTags.Class, "class"), (WellKnownTags.Delegate, "class"), (WellKnownTags.TypeParameter, "class"),
        (WellKnownTags.Method, "function"), (WellKnownTags.ExtensionMethod, "function"), (WellKnownTags.Property, "property"), (WellKnownTags.Event, "property"),
        (WellKnownTags.Field, "field"), (WellKnownTags.Constant, "field"), (WellKnownTags.Keyword, "keyword"), (WellKnownTags.Snippet, "keyword"),
        (WellKnownTags.Parameter, "parameter"),
    ];

    /// <param name="code">The cell's text.</param>
    /// <param name="position">The position in the text.</param>
    /// <param name="draft">A function that compiles a text as the next cell of the session, without running it.</param>
    public static CompletionList Complete(string code, int position, Func<string, Compilation> draft)
        => DirectiveCompletion.Complete(code, position) ?? CompleteAsync(code, position, draft).GetAwaiter().GetResult();

    private static async Task<CompletionList> CompleteAsync(string code, int position, Func<string, Compilation> draft)
    {
        var start = position;
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1]))
            start--;
        var prefix = code[start..position];
        var compilation = draft(CellText.WithoutMagics(code));
        var document = ScriptWorkspace.Document(compilation);
        var service = CompletionService.GetService(document)!;
        var found = (await service.GetCompletionsAsync(document, position).ConfigureAwait(false)).ItemsList;
        var fitting = found.Where(item => item.FilterText.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && !item.IsComplexTextEdit).ToList();
        if (fitting.Count == 0 && prefix.Length > 0)
            fitting = [.. service.FilterItems(document, [.. found], prefix).Where(item => !item.IsComplexTextEdit)];
        var own = OwnNames(compilation, position);
        var ordered = fitting
            .OrderBy(item => item.FilterText.StartsWith(prefix, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(item => own.Contains(item.FilterText) ? 0 : 1)
            .ThenByDescending(item => item.Rules.MatchPriority)
            .ThenBy(item => item.Tags.Contains(WellKnownTags.Keyword) ? 1 : 0)
            .ThenBy(item => item.SortText, StringComparer.OrdinalIgnoreCase)
            .DistinctBy(Text)
            .ToList();
        var items = new List<Completion>();
        foreach (var item in ordered)
        {
            var signature = items.Count < MaxDescriptions ? await SignatureAsync(service, document, item).ConfigureAwait(false) : "";
            items.Add(new Completion(Text(item), own.Contains(item.FilterText) && Kind(item) is "field" or "property" ? "variable" : Kind(item), signature));
        }
        if (prefix.Length >= ShortestForUnimported && IsAtName(compilation, start))
        {
            items.AddRange(UnimportedTypes.StartingWith(prefix, compilation)
                .Where(type => !ordered.Any(item => item.DisplayText == type.Name)).Take(MaxUnimported)
                .Select(type => new Completion(type.Name, "class", $"{type.Namespace}.{type.Name}, with: using {type.Namespace};") { Namespace = type.Namespace }));
        }
        return new CompletionList(start, position, items);
    }

    private static string Text(CompletionItem item)
        => item.Properties.TryGetValue("InsertionText", out var text) ? text
            : item.DisplayTextSuffix == ":" ? item.DisplayText + ":" : item.DisplayText;

    private static string Kind(CompletionItem item)
        => _kinds.FirstOrDefault(pair => item.Tags.Contains(pair.Tag)).Kind ?? "variable";

    /// <summary>Returns the declaration of an item: the first line of its description, without the kind before it.</summary>
    private static async Task<string> SignatureAsync(CompletionService service, Document document, CompletionItem item)
    {
        if (item.Tags.Contains(WellKnownTags.Keyword) || item.Tags.Contains(WellKnownTags.Snippet))
            return "";
        var description = await service.GetDescriptionAsync(document, item).ConfigureAwait(false);
        return RoslynText.Signature(description?.Text ?? "");
    }

    /// <summary>Returns the names that this cell and previous cells declare, which are ranked before names of libraries.</summary>
    private static HashSet<string> OwnNames(Compilation compilation, int position)
    {
        var tree = compilation.SyntaxTrees.Last();
        return [.. compilation.GetSemanticModel(tree).LookupSymbols(Math.Min(position, tree.Length))
            .Where(symbol => symbol is ILocalSymbol or IParameterSymbol or IRangeVariableSymbol || symbol.ContainingType is { IsScriptClass: true })
            .Select(symbol => symbol.Name)];
    }

    // an unqualified name, which may be the name of a type
    private static bool IsAtName(Compilation compilation, int start)
    {
        var token = compilation.SyntaxTrees.Last().GetRoot().FindToken(start);
        return token.IsKind(SyntaxKind.IdentifierToken) && token.SpanStart == start && !IsAfterDot(token);
    }

    private static bool IsAfterDot(SyntaxToken token) => token.GetPreviousToken().Kind() is SyntaxKind.DotToken or SyntaxKind.QuestionToken or SyntaxKind.MinusGreaterThanToken;
}
