using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookHost.Scripting;

/// <summary>Suggests names for unknown names.</summary>
internal static class NameSuggestion
{
    private const int MaxNamespaces = 3;

    /// <summary>Returns a question such as "did you mean 'sum'?" or "did you forget 'using System.IO;'?"; null if there is no similar name or if the error is not about a name.</summary>
    public static string? For(Diagnostic error, Compilation compilation)
    {
        if (error.Id is not ("CS1061" or "CS0117" or "CS0234" or "CS0426" or "CS0103" or "CS0246" or "CS1739" or "CS0122")
            || error.Location.SourceTree is not { } tree || !compilation.ContainsSyntaxTree(tree))
            return null;
        if (PackageSuggestion.For(error, compilation) is { } package)
            return package;
        if (Name(tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true)) is not { } name)
            return null;
        var model = compilation.GetSemanticModel(tree);
        var text = name.Identifier.ValueText;
        if (error.Id is "CS0103" or "CS0246" && Namespaces(text, compilation, error.Id == "CS0246" ? Arity(name) : null) is { Count: > 0 } namespaces)
            return $"did you forget {string.Join(" or ", namespaces.Select(space => $"'using {space};'"))}?";
        return NearestName.Of(text, Known(name, error.Id, model)) is { } nearest && nearest != text ? $"did you mean '{nearest}'?" : null;
    }

    private static SimpleNameSyntax? Name(SyntaxNode? node) => node switch
    {
        SimpleNameSyntax name => name,
        MemberAccessExpressionSyntax access => access.Name,
        QualifiedNameSyntax qualified => qualified.Right,
        MemberBindingExpressionSyntax binding => binding.Name,
        NameColonSyntax { Name: var name } => name,
        _ => null,
    };

    private static int Arity(SimpleNameSyntax name) => name is GenericNameSyntax generic ? generic.TypeArgumentList.Arguments.Count : 0;

    private static IEnumerable<string> Known(SimpleNameSyntax name, string error, SemanticModel model)
    {
        var position = name.SpanStart;
        IEnumerable<ISymbol> symbols = name.Parent switch
        {
            NameColonSyntax { Parent: ArgumentSyntax { Parent.Parent: { } call } } => Parameters(call, model),
            MemberAccessExpressionSyntax access when access.Name == name => Members(access.Expression, position, model),
            QualifiedNameSyntax qualified when qualified.Right == name => Members(qualified.Left, position, model),
            MemberBindingExpressionSyntax when name.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } conditional
                => Members(conditional.Expression, position, model),
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax { Parent: { } creation } } assignment when assignment.Left == name
                => model.GetTypeInfo(creation).Type is { } type ? model.LookupSymbols(position, type) : [],
            _ when error == "CS0246" => model.LookupNamespacesAndTypes(position),
            _ => model.LookupSymbols(position),
        };
        return symbols.Where(symbol => symbol.CanBeReferencedByName).Select(symbol => symbol.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<ISymbol> Members(ExpressionSyntax expression, int position, SemanticModel model)
    {
        switch (model.GetSymbolInfo(expression).Symbol)
        {
            case INamespaceSymbol space:
                return model.LookupNamespacesAndTypes(position, space);
            case ITypeSymbol type:
                return model.LookupStaticMembers(position, type);
        }
        var value = model.GetTypeInfo(expression).Type;
        return value is null or IErrorTypeSymbol
            ? []
            : model.LookupSymbols(position, value, includeReducedExtensionMethods: true).Where(member => member is { IsStatic: false } and not ITypeSymbol);
    }

    private static IEnumerable<ISymbol> Parameters(SyntaxNode call, SemanticModel model)
    {
        var info = model.GetSymbolInfo(call);
        return info.CandidateSymbols.Append(info.Symbol)
            .Concat(call is InvocationExpressionSyntax invocation ? model.GetMemberGroup(invocation.Expression) : [])
            .OfType<IMethodSymbol>().SelectMany(method => method.Parameters);
    }

    /// <summary>Returns the namespaces with a public type of a name.</summary>
    private static List<string> Namespaces(string type, Compilation compilation, int? arity)
    {
        var found = new List<string>();
        var open = new Stack<INamespaceSymbol>([compilation.GlobalNamespace]);
        while (open.TryPop(out var space))
        {
            if (!space.IsGlobalNamespace && space.GetTypeMembers(type).Any(member
                => member.DeclaredAccessibility == Accessibility.Public && (arity is null || member.Arity == arity)))
                found.Add(space.ToDisplayString());
            foreach (var inner in space.GetNamespaceMembers())
                open.Push(inner);
        }
        return [.. found.OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).Take(MaxNamespaces)];
    }
}
