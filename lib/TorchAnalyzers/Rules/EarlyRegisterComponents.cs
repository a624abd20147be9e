using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1004: RegisterComponents before the fields are set.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EarlyRegisterComponents : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1004";

    private static readonly HashSet<string> _byName = ["register_module", "register_parameter", "add_module", "ConditionallyRegisterParameter"];

    private static readonly HashSet<string> _whole = ["RegisterComponents"];

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "RegisterComponents runs before the fields are set",
        "{0} {1} set after RegisterComponents(), which registers only the fields that are set at its first call: {0} {1} not trained or saved",
        Category.Correctness,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.HelpLink(Id));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(_rule);

    private protected override void Register(CompilationStartAnalysisContext context, TorchSymbols torch) => context.RegisterSyntaxNodeAction(
        node =>
        {
            var constructor = (ConstructorDeclarationSyntax)node.Node;
            if (((SyntaxNode?)constructor.Body ?? constructor.ExpressionBody) is not { } body || node.SemanticModel.GetDeclaredSymbol(constructor, node.CancellationToken) is not { IsStatic: false } symbol)
                return;
            var type = symbol.ContainingType;
            if (!torch.IsModule(type) || !ModuleClasses.IsVisible(type, torch) || RegistersByName(type))
                return;
            var call = body.DescendantNodes(IsAlwaysRun).OfType<ExpressionStatementSyntax>().FirstOrDefault(IsRegistration);
            var isByBase = BaseRegisters(type, torch);
            if (call is null && !isByBase)
                return;
            // the constructor of the base class runs before the body
            var start = isByBase ? body.SpanStart : call!.Span.End;
            var late = After(body, start, type).SelectMany(late => Late(late, type, torch, node.SemanticModel)).Distinct(StringComparer.Ordinal).ToList();
            if (late.Count > 0)
            {
                var fixable = call?.Parent == body && !isByBase && !body.DescendantNodes().OfType<ReturnStatementSyntax>().Any();
                var place = call?.GetLocation() ?? constructor.Identifier.GetLocation();
                node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, place, fixable ? "Call RegisterComponents at the end of the constructor" : null, string.Join(", ", late), late.Count == 1 ? "is" : "are"));
            }
        },
        SyntaxKind.ConstructorDeclaration);

    private static bool IsRegistration(ExpressionStatementSyntax statement) => statement.Expression is InvocationExpressionSyntax call
        && call.Name()?.Identifier.ValueText == "RegisterComponents" && Regions.Receiver(call) is null or ThisExpressionSyntax or BaseExpressionSyntax;

    // not the parts of an if, a loop or a function
    private static bool IsAlwaysRun(SyntaxNode node) =>
        node is BlockSyntax or TryStatementSyntax or UsingStatementSyntax or LockStatementSyntax or CheckedStatementSyntax or UnsafeStatementSyntax or FinallyClauseSyntax;

    // the nodes after a position, and those of the functions of the class that are called only after it
    private static IEnumerable<SyntaxNode> After(SyntaxNode body, int start, INamedTypeSymbol type)
    {
        var nodes = body.DescendantNodes(child => child is not LocalFunctionStatementSyntax).ToLookup(node => node.SpanStart >= start);
        var called = Called(nodes[true]);
        called.ExceptWith(Called(nodes[false]));
        var functions = body.DescendantNodes().Concat(ModuleClasses.Declarations(type).Where(part => part.SyntaxTree == body.SyntaxTree).SelectMany(part => part.Members))
            .Select(node => (Node: node, Name: (node as LocalFunctionStatementSyntax)?.Identifier.ValueText ?? (node as MethodDeclarationSyntax)?.Identifier.ValueText))
            .Where(function => function.Name is not null && called.Contains(function.Name))
            .GroupBy(function => function.Name, StringComparer.Ordinal).Where(overloads => overloads.Count() == 1);
        return nodes[true].Concat(functions.SelectMany(function => function.Single().Node.DescendantNodes()));
    }

    private static HashSet<string> Called(IEnumerable<SyntaxNode> nodes) => new(
        nodes.OfType<InvocationExpressionSyntax>().Where(call => Regions.Receiver(call) is null or ThisExpressionSyntax).Select(call => call.Name()?.Identifier.ValueText ?? ""),
        StringComparer.Ordinal);

    // register_module and similar methods also work later
    private static bool RegistersByName(INamedTypeSymbol type) => ModuleClasses.Declarations(type).Any(part => ModuleClasses.Calls(part, _byName));

    private static bool BaseRegisters(INamedTypeSymbol type, TorchSymbols torch) => ModuleClasses.Ancestry(type, torch).Skip(1)
        .SelectMany(ModuleClasses.Declarations).SelectMany(ModuleClasses.Constructors)
        .Any(constructor => ModuleClasses.Calls(constructor, _whole));

    private static IEnumerable<string> Late(SyntaxNode node, INamedTypeSymbol type, TorchSymbols torch, SemanticModel model)
    {
        bool IsPart(string name) => ModuleClasses.Parts(type, torch).Any(field => (field.AssociatedSymbol?.Name ?? field.Name) == name);
        switch (node)
        {
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.CoalesceAssignmentExpression } assignment:
                foreach (var target in assignment.Left is TupleExpressionSyntax tuple ? tuple.Arguments.Select(argument => argument.Expression) : [assignment.Left])
                {
                    if (Name(target) is { } name && IsPart(name) && model.GetSymbolInfo(target).Symbol is IFieldSymbol or IPropertySymbol)
                        yield return name;
                }
                break;
            // a list of modules registers its members when its owner registers it
            case InvocationExpressionSyntax call when call.Name()?.Identifier.ValueText is "Add" or "append" or "extend"
                && Regions.Receiver(call) is { } receiver
                && Name(receiver) is { } list && IsPart(list)
                && model.GetTypeInfo(receiver).Type is { Name: "ModuleList" or "ModuleDict" or "ParameterList" or "ParameterDict" } kind
                && torch.Declares(kind):
                yield return list;
                break;
        }
    }

    private static string? Name(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member => member.Name.Identifier.ValueText,
        _ => null,
    };
}
