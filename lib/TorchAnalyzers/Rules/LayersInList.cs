using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1005: layers in a list, whose elements RegisterComponents does not register.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LayersInList : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1005";

    private static readonly HashSet<string> _byName = ["register_module", "register_parameter", "add_module", "ConditionallyRegisterParameter"];

    private static readonly HashSet<string> _lists =
    [
        "List", "IList", "IReadOnlyList", "ICollection", "IReadOnlyCollection", "IEnumerable", "Collection", "ReadOnlyCollection", "ObservableCollection", "HashSet", "ISet", "IReadOnlySet",
        "Queue", "Stack", "LinkedList", "ImmutableArray", "ImmutableList", "IImmutableList", "ConcurrentBag",
    ];

    private static readonly HashSet<string> _maps =
    [
        "Dictionary", "IDictionary", "IReadOnlyDictionary", "ReadOnlyDictionary", "SortedDictionary", "SortedList", "OrderedDictionary", "ConcurrentDictionary", "ImmutableDictionary",
        "FrozenDictionary",
    ];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "Layers in a collection are not registered",
        "RegisterComponents() does not register the elements of {0} ({1}): they are not trained or saved; use {2}",
        Category.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => context.RegisterSyntaxNodeAction(
        node =>
        {
            var declaration = (ClassDeclarationSyntax)node.Node;
            // another part of a partial class may name the base class
            var isModule = declaration.BaseList is not null || declaration.Modifiers.Any(SyntaxKind.PartialKeyword);
            if (!isModule || node.SemanticModel.GetDeclaredSymbol(declaration, node.CancellationToken) is not { IsStatic: false } type)
                return;
            if (!torch.IsModule(type) || !ModuleClasses.IsVisible(type, torch))
                return;
            var parts = ModuleClasses.Ancestry(type, torch).SelectMany(ModuleClasses.Declarations).ToList();
            if (parts.Any(part => ModuleClasses.Calls(part, _byName)))
                return;
            foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && IsOfParts(field.Type, torch)))
            {
                var member = (ISymbol?)field.AssociatedSymbol ?? field;
                if (member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(node.CancellationToken) is not { } source
                    || source.SyntaxTree != declaration.SyntaxTree || !declaration.Span.Contains(source.Span))
                {
                    continue;
                }
                var place = source is VariableDeclaratorSyntax variable ? variable.Identifier : ((PropertyDeclarationSyntax)source).Identifier;
                Report(place, field.Type, source);
            }
            foreach (var parameter in ModuleClasses.StoredParameters(declaration, node.SemanticModel).Where(parameter => IsOfParts(parameter.Type, torch)))
                Report(((ParameterSyntax)parameter.DeclaringSyntaxReferences[0].GetSyntax(node.CancellationToken)).Identifier, parameter.Type, null);

            void Report(SyntaxToken name, ITypeSymbol list, SyntaxNode? source)
            {
                if (parts.Any(part => IsHandedOn(part, name.ValueText)))
                    return;
                var better = (IsMap(list), torch.IsModule(Element(list))) switch
                {
                    (false, true) => "ModuleList",
                    (true, true) => "ModuleDict",
                    (false, false) => "ParameterList",
                    _ => "ParameterDict",
                };
                var fix = source is not null && IsReplaceable(source, better) ? "Use ModuleList" : null;
                node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, name.GetLocation(), fix, name.ValueText, list.Name is "" ? "array" : list.Name, better));
            }
        },
        SyntaxKind.ClassDeclaration);

    private static bool IsOfParts(ITypeSymbol list, TorchSymbols torch) =>
        Element(list) is { } element && (torch.IsModule(element) || element.Name == "Parameter" && torch.IsTensor(element));

    // ModuleList<T> can replace a List<T> that is created empty: it has the same members
    private static bool IsReplaceable(SyntaxNode source, string better) => better == "ModuleList"
        && source is VariableDeclaratorSyntax { Initializer.Value: { } value, Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: GenericNameSyntax { Identifier.ValueText: "List" } } }
        && value is ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0, Initializer: null }
            or ObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0, Initializer: null } or CollectionExpressionSyntax { Elements.Count: 0 };

    // of nested lists, the innermost element
    private static ITypeSymbol? Element(ITypeSymbol type)
    {
        var element = type switch
        {
            IArrayTypeSymbol array => array.ElementType,
            INamedTypeSymbol { TypeArguments: [{ } only], Name: var name } when _lists.Contains(name) => only,
            INamedTypeSymbol { TypeArguments: [_, { } value], Name: var name } when _maps.Contains(name) => value,
            _ => null,
        };
        return element is null ? null : Element(element) ?? element;
    }

    private static bool IsMap(ITypeSymbol type) => type is INamedTypeSymbol { TypeArguments.Length: 2 };

    // Sequential(layers) and new ModuleList<Linear>([.. layers]) register them
    private static bool IsHandedOn(SyntaxNode part, string name) => part.DescendantNodes().OfType<IdentifierNameSyntax>().Any(identifier =>
        identifier.Identifier.ValueText == name
        && identifier.Ancestors().TakeWhile(ancestor => ancestor is not StatementSyntax and not MemberDeclarationSyntax)
        .Any(ancestor => ancestor switch
        {
            InvocationExpressionSyntax call => call.Name()?.Identifier.ValueText is "Sequential" or "ModuleList" or "ModuleDict" or "ParameterList",
            BaseObjectCreationExpressionSyntax => ancestor.ToString() is var text
                && (text.Contains("ModuleList") || text.Contains("ModuleDict") || text.Contains("Sequential") || text.Contains("ParameterList")),
            _ => false,
        }));
}
