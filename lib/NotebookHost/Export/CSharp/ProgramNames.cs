using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NotebookHost.Checks.Compilation;

namespace NotebookHost.Export.CSharp;

/// <summary>
/// The names of a notebook's declarations in a program. Cells can redeclare names, overload functions, and
/// use a name from a library before they declare it; the locals of a program cannot.
/// </summary>
internal sealed class ProgramNames
{
    private readonly Dictionary<(SyntaxTree Tree, int Position), string> _names = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal) { "args" };

    public ProgramNames(IReadOnlyList<CheckedScript> scripts)
    {
        var pieces = scripts
            .Select(script => (Root: script.Tree.GetRoot(), Model: script.Compilation.GetSemanticModel(script.Tree)))
            .ToList();
        foreach (var (root, model) in pieces)
        {
            var names = root.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => IsFromElsewhere(name, model));
            _taken.UnionWith(names.Select(name => name.Identifier.Text));
        }
        foreach (var (root, model) in pieces)
        {
            foreach (var symbol in Declarations(root, model).Where(IsShared))
                Name(symbol);
        }
        // a local in a block must not have the name of a local of the program
        var shared = _names.Values.ToHashSet(StringComparer.Ordinal);
        foreach (var (root, model) in pieces)
        {
            foreach (var symbol in Declarations(root, model))
            {
                if (symbol is ILocalSymbol or IRangeVariableSymbol && shared.Contains(symbol.Name))
                    Name(symbol);
            }
        }
    }

    /// <summary>Collects the changes to the names of a script.</summary>
    public void Edit(SyntaxNode root, SemanticModel model, TextEdits edits)
    {
        foreach (var node in root.DescendantNodes())
        {
            if (Identifier(node) is { } declared && model.GetDeclaredSymbol(node) is { } symbol)
                Rename(declared, node is ConstructorDeclarationSyntax or DestructorDeclarationSyntax ? symbol.ContainingType : symbol, edits);
            else if (node is SimpleNameSyntax name && model.GetSymbolInfo(name).Symbol is { } used)
                RenameUse(name, used, edits);
        }
    }

    /// <summary>Returns whether cells share a symbol.</summary>
    public static bool IsShared(ISymbol symbol) => symbol.ContainingType?.IsScriptClass == true
        && symbol is IFieldSymbol or IPropertySymbol or INamedTypeSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary };

    private static IEnumerable<ISymbol> Declarations(SyntaxNode root, SemanticModel model)
        => root.DescendantNodes()
            .Where(node => Identifier(node) is not null)
            .Select(node => model.GetDeclaredSymbol(node))
            .OfType<ISymbol>();

    private static SyntaxToken? Identifier(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier,
        SingleVariableDesignationSyntax variable => variable.Identifier,
        ForEachStatementSyntax loop => loop.Identifier,
        CatchDeclarationSyntax { Identifier.RawKind: not 0 } caught => caught.Identifier,
        FromClauseSyntax from => from.Identifier,
        LetClauseSyntax let => let.Identifier,
        MethodDeclarationSyntax method => method.Identifier,
        PropertyDeclarationSyntax property => property.Identifier,
        BaseTypeDeclarationSyntax type => type.Identifier,
        DelegateDeclarationSyntax type => type.Identifier,
        ConstructorDeclarationSyntax constructor => constructor.Identifier,
        DestructorDeclarationSyntax destructor => destructor.Identifier,
        _ => null,
    };

    // only unqualified names refer to names of the program
    private static bool IsFromElsewhere(SimpleNameSyntax name, SemanticModel model)
    {
        var standsAlone = name.Parent switch
        {
            MemberAccessExpressionSyntax member => member.Expression == name,
            QualifiedNameSyntax qualified => qualified.Left == name,
            MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax => false,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
            _ => true,
        };
        return standsAlone && model.GetSymbolInfo(name).Symbol is { } symbol && symbol is not IAliasSymbol && Key(symbol) is null;
    }

    private void Name(ISymbol symbol)
    {
        if (Key(symbol) is not { } key || _names.ContainsKey(key))
            return;
        var name = symbol.Name;
        for (var number = 2; !_taken.Add(name); number++)
            name = $"{symbol.Name}_{number}";
        _names[key] = name;
    }

    private void RenameUse(SimpleNameSyntax name, ISymbol symbol, TextEdits edits)
    {
        symbol = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol;
        if (!Rename(name.Identifier, symbol, edits))
            return;
        // in new { x } and (x, y), the names of the members are those of the variables
        if (name.Parent is AnonymousObjectMemberDeclaratorSyntax { NameEquals: null })
            edits.Insert(name.SpanStart, $"{symbol.Name} = ");
        else if (name.Parent is ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax tuple } && !IsAssigned(tuple))
            edits.Insert(name.SpanStart, $"{symbol.Name}: ");
    }

    private static bool IsAssigned(TupleExpressionSyntax tuple)
        => tuple.Parent is AssignmentExpressionSyntax assignment && assignment.Left == tuple;

    private bool Rename(SyntaxToken token, ISymbol symbol, TextEdits edits)
    {
        if (Key(symbol) is not { } key || !_names.TryGetValue(key, out var name) || token.ValueText == name)
            return false;
        edits.Replace(token.Span, name);
        return true;
    }

    private static (SyntaxTree Tree, int Position)? Key(ISymbol symbol)
        => symbol.OriginalDefinition.DeclaringSyntaxReferences is [var first, ..] ? (first.SyntaxTree, first.Span.Start) : null;
}
