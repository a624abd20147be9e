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
        "{0} is set after RegisterComponents(), which registers only the fields that are set at its first call: {0} is not trained or saved",
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
            if (constructor.Body is not { } body || node.SemanticModel.GetDeclaredSymbol(constructor, node.CancellationToken) is not { IsStatic: false } symbol)
                return;
            var type = symbol.ContainingType;
            if (!torch.IsModule(type) || !ModuleClasses.IsVisible(type, torch) || RegistersByName(type))
                return;
            var call = body.Statements.OfType<ExpressionStatementSyntax>().FirstOrDefault(IsRegistration);
            if (call is null && !BaseRegisters(type, torch))
                return;
            // the constructor of the base class runs before the body
            var start = BaseRegisters(type, torch) ? body.SpanStart : call!.Span.End;
            var late = Late(body, start, type, torch, node.SemanticModel).Distinct(StringComparer.Ordinal).ToList();
            if (late.Count > 0)
            {
                var fixable = call is not null && !BaseRegisters(type, torch) && !body.DescendantNodes().OfType<ReturnStatementSyntax>().Any();
                var place = call?.GetLocation() ?? constructor.Identifier.GetLocation();
                node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, place, fixable ? "Call RegisterComponents at the end of the constructor" : null, string.Join(", ", late)));
            }
        },
        SyntaxKind.ConstructorDeclaration);

    private static bool IsRegistration(ExpressionStatementSyntax statement) => statement.Expression is InvocationExpressionSyntax call
        && call.Name()?.Identifier.ValueText == "RegisterComponents" && Regions.Receiver(call) is null or ThisExpressionSyntax;

    // register_module and similar methods also work later
    private static bool RegistersByName(INamedTypeSymbol type) => ModuleClasses.Declarations(type).Any(part => ModuleClasses.Calls(part, _byName));

    private static bool BaseRegisters(INamedTypeSymbol type, TorchSymbols torch) => ModuleClasses.Ancestry(type, torch).Skip(1)
        .SelectMany(ModuleClasses.Declarations).SelectMany(ModuleClasses.Constructors)
        .Any(constructor => ModuleClasses.Calls(constructor, _whole));

    private static IEnumerable<string> Late(BlockSyntax body, int start, INamedTypeSymbol type, TorchSymbols torch, SemanticModel model)
    {
        var parts = ModuleClasses.Parts(type, torch).Select(field =>
            field.AssociatedSymbol?.Name ?? field.Name).ToImmutableHashSet(StringComparer.Ordinal);
        foreach (var node in body.DescendantNodes())
        {
            if (node.SpanStart < start)
                continue;
            switch (node)
            {
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment when Name(assignment.Left) is { } name && parts.Contains(name):
                    if (model.GetSymbolInfo(assignment.Left).Symbol is IFieldSymbol or IPropertySymbol)
                        yield return name;
                    break;
                // a list of modules registers its members when its owner registers it
                case InvocationExpressionSyntax call when call.Name()?.Identifier.ValueText is "Add" or "append" or "extend"
                    && Regions.Receiver(call) is { } receiver
                    && Name(receiver) is { } list && parts.Contains(list)
                    && model.GetTypeInfo(receiver).Type is { Name: "ModuleList" or "ModuleDict" or "ParameterList" or "ParameterDict" } kind
                    && torch.Declares(kind):
                    yield return list;
                    break;
            }
        }
    }

    private static string? Name(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member => member.Name.Identifier.ValueText,
        _ => null,
    };
}
