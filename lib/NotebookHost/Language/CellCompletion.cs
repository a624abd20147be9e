using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookHost.Language;

/// <summary>Says how the code at a position may go on, from what the compiler knows of the session and the cell.</summary>
internal sealed class CellCompletion
{
    // stands at the position while the compiler looks, whatever is written there
    private const string Stand = "completion__";

    private readonly SemanticModel _model;
    private readonly int _position;
    private readonly string _prefix;

    private CellCompletion(SemanticModel model, int position, string prefix)
    {
        _model = model;
        _position = position;
        _prefix = prefix;
    }

    /// <param name="code">The cell's text.</param>
    /// <param name="position">Where in it.</param>
    /// <param name="draft">Compiles a text as the session's next cell, without running it.</param>
    public static CompletionList Complete(string code, int position, Func<string, Compilation> draft)
    {
        if (DirectiveCompletion.Complete(code, position) is { } directive)
            return directive;
        var (start, end) = (position, position);
        while (start > 0 && SyntaxFacts.IsIdentifierPartCharacter(code[start - 1]))
            start--;
        while (end < code.Length && SyntaxFacts.IsIdentifierPartCharacter(code[end]))
            end++;
        // what follows on other lines must not become part of the expression
        var lineEnds = code.AsSpan(end).TrimStart(" \t\r") is [] or ['\n', ..];
        var text = CellText.WithoutMagics(code[..start] + Stand + (lineEnds ? ";" : "") + code[end..]);

        var compilation = draft(text);
        var tree = compilation.SyntaxTrees.First();
        var token = tree.GetRoot().FindToken(start);
        var items = token.IsKind(SyntaxKind.IdentifierToken) && token.SpanStart == start
            ? new CellCompletion(compilation.GetSemanticModel(tree), start, code[start..position]).At(token)
            : [];
        return new CompletionList(start, position, items);
    }

    private List<Completion> At(SyntaxToken token)
    {
        var name = token.Parent!;
        return name.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == name => Offer(MembersOf(access.Expression)),
            MemberBindingExpressionSyntax binding => Offer(MembersOf(
                binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression)),
            QualifiedNameSyntax qualified when qualified.Right == name => Offer(MembersOf(qualified.Left)),
            UsingDirectiveSyntax or ObjectCreationExpressionSyntax => Offer(_model.LookupNamespacesAndTypes(_position)),
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } => Offer(Settable(initializer)),
            // with one name in it, it may still become a list of values
            InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax } initializer
                => [.. Offer(Settable(initializer)), .. OfScope()],
            ArgumentSyntax { Parent: { } arguments } => [.. ParameterNames(arguments), .. OfScope()],
            _ => OfScope(),
        };
    }

    private List<Completion> OfScope()
    {
        var keywords = SyntaxFacts.GetKeywordKinds()
            .Select(SyntaxFacts.GetText)
            .Where(keyword => char.IsAsciiLetter(keyword[0]) && IsMatch(keyword))
            .Select(keyword => new Completion(keyword, "keyword", ""));
        return [.. Offer(_model.LookupSymbols(_position)), .. keywords];
    }

    private IEnumerable<ISymbol> MembersOf(ExpressionSyntax? expression)
    {
        if (expression is null)
            return [];
        var info = _model.GetSymbolInfo(expression);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        switch (symbol)
        {
            case INamespaceSymbol @namespace:
                return _model.LookupNamespacesAndTypes(_position, @namespace);
            case ITypeSymbol type:
                return _model.LookupStaticMembers(_position, type);
        }
        var value = _model.GetTypeInfo(expression).Type;
        if (value is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            && expression.Parent is ConditionalAccessExpressionSyntax)
            value = nullable.TypeArguments[0];
        return value is null or IErrorTypeSymbol
            ? []
            : _model.LookupSymbols(_position, value, includeReducedExtensionMethods: true)
                .Where(member => member is { IsStatic: false } and not ITypeSymbol);
    }

    private IEnumerable<ISymbol> Settable(InitializerExpressionSyntax initializer)
    {
        var type = _model.GetTypeInfo(initializer.Parent!).Type;
        return type is null ? [] : _model.LookupSymbols(_position, type).Where(member
            => member is IPropertySymbol { IsStatic: false, SetMethod: not null } or IFieldSymbol { IsStatic: false, IsReadOnly: false });
    }

    private IEnumerable<Completion> ParameterNames(SyntaxNode arguments)
        => SymbolsAt.Called(arguments.Parent, _model)
            .SelectMany(method => method.Parameters)
            .Where(parameter => IsMatch(parameter.Name))
            .DistinctBy(parameter => parameter.Name)
            .Select(parameter => new Completion(parameter.Name + ":", "parameter", SymbolText.Signature(parameter, _model, _position)));

    private List<Completion> Offer(IEnumerable<ISymbol> symbols)
        => [.. symbols
            .Where(symbol => IsMatch(symbol.Name) && SymbolText.IsOffered(symbol))
            .GroupBy(symbol => symbol.Name, StringComparer.Ordinal)
            .OrderBy(overloads => overloads.Key.StartsWith(_prefix, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(overloads => Distance(overloads.First()))
            .ThenBy(overloads => overloads.Key, StringComparer.OrdinalIgnoreCase)
            .Select(Describe)];

    private bool IsMatch(string name) => name.StartsWith(_prefix, StringComparison.OrdinalIgnoreCase);

    private Completion Describe(IGrouping<string, ISymbol> overloads)
    {
        var symbol = overloads.First();
        var more = overloads.Count() - 1;
        var signature = SymbolText.Signature(symbol, _model, _position) + (more > 0 ? $" (+ {more} more)" : "");
        var name = SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : "@" + symbol.Name;
        return new Completion(name, SymbolText.Kind(symbol), signature);
    }

    // what the notebook itself declares is likelier than what the framework does
    private static int Distance(ISymbol symbol) => symbol switch
    {
        ILocalSymbol or IParameterSymbol or IRangeVariableSymbol => 0,
        { ContainingType.IsScriptClass: true } => 1,
        INamespaceSymbol => 4,
        ITypeSymbol => 3,
        { ContainingType.SpecialType: SpecialType.System_Object } => 5,
        _ => 2,
    };
}
