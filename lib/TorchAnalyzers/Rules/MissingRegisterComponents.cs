using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Symbols;

namespace TorchAnalyzers.Rules;

/// <summary>TN1003: a module whose constructor does not call RegisterComponents, so that its parameters are not trained.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingRegisterComponents : TorchAnalyzer
{
    /// <summary>The id of the rule.</summary>
    public const string Id = "TN1003";

    private const string Fix = "Call RegisterComponents at the end of the constructor";

    private static readonly DiagnosticDescriptor _rule = new(
        Id,
        "The module never calls RegisterComponents",
        "{0} never calls RegisterComponents(): if the module is used alone or in a Sequential, parameters() is empty and nothing is trained or saved; call it at the end of the constructor",
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
            if (declaration.BaseList is null || node.SemanticModel.GetDeclaredSymbol(declaration, node.CancellationToken) is not { IsAbstract: false, IsStatic: false } type)
                return;
            if (!torch.IsModule(type) || !ModuleClasses.IsVisible(type, torch))
                return;
            if (!ModuleClasses.Parts(type, torch).Any() && !ModuleClasses.StoredParameters(declaration, node.SemanticModel).Any(parameter => torch.IsModule(parameter.Type)))
                return;
            var declarations = ModuleClasses.Ancestry(type, torch).SelectMany(ModuleClasses.Declarations).ToList();
            if (!declarations.Any(part => ModuleClasses.Calls(part, ModuleClasses.Registrations)))
            {
                if (IsOnlyPartOfOthers(type, node.SemanticModel.Compilation))
                    return;
                node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, Place(declaration), ModuleClasses.Constructors(declaration).Any() ? Fix : null, type.Name));
                return;
            }
            foreach (var constructor in Forgetful(type, declaration, torch))
                node.ReportDiagnostic(Rule.CreateDiagnostic(_rule, constructor.Identifier.GetLocation(), Fix, type.Name));
        },
        SyntaxKind.ClassDeclaration);

    /// <summary>
    /// Returns whether all objects of a class are created in other modules: registering a module, as a field, in a ModuleList or by name, also registers its parts. A
    /// Sequential does not register its children's parts.
    /// </summary>
    private static bool IsOnlyPartOfOthers(INamedTypeSymbol type, Compilation compilation)
    {
        var created = compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).OfType<BaseObjectCreationExpressionSyntax>()
            .Where(creation => Name(creation) == type.Name).ToList();
        return created.Count > 0 && created.All(creation => creation.FirstAncestorOrSelf<ClassDeclarationSyntax>() is { BaseList: not null } owner
            && owner.Identifier.ValueText != type.Name
            && !creation.Ancestors().TakeWhile(ancestor => ancestor != owner).OfType<InvocationExpressionSyntax>()
                .Any(call => call.Name()?.Identifier.ValueText is "Sequential" or "append"));
    }

    // new Part(), new Parts.Part(), and Part part = new()
    private static string? Name(BaseObjectCreationExpressionSyntax creation) => creation switch
    {
        ObjectCreationExpressionSyntax { Type: SimpleNameSyntax name } => name.Identifier.ValueText,
        ObjectCreationExpressionSyntax { Type: QualifiedNameSyntax name } => name.Right.Identifier.ValueText,
        ImplicitObjectCreationExpressionSyntax { Parent.Parent.Parent: VariableDeclarationSyntax { Type: SimpleNameSyntax name } } =>
            name.Identifier.ValueText,
        ImplicitObjectCreationExpressionSyntax { Parent.Parent: PropertyDeclarationSyntax { Type: SimpleNameSyntax name } } =>
            name.Identifier.ValueText,
        _ => null,
    };

    // the constructor, if there is only one
    private static Location Place(ClassDeclarationSyntax declaration) =>
        (ModuleClasses.Constructors(declaration).ToList() is [var only] ? only.Identifier : declaration.Identifier).GetLocation();

    /// <summary>Returns the constructors that lack the call, although another constructor has it, and that call no other constructor of the class.</summary>
    private static IEnumerable<ConstructorDeclarationSyntax> Forgetful(INamedTypeSymbol type, ClassDeclarationSyntax declaration, TorchSymbols torch)
    {
        var constructors = ModuleClasses.Constructors(declaration).ToList();
        if (constructors.Count < 2 || ModuleClasses.Ancestry(type, torch).Skip(1).Any())
            return [];
        var outside = ModuleClasses.Declarations(type).SelectMany(part => part.Members)
            .Any(member => member is not (ConstructorDeclarationSyntax or BaseTypeDeclarationSyntax) && ModuleClasses.Calls(member, ModuleClasses.Registrations));
        return outside ? [] : constructors.Where(constructor => !ModuleClasses.Calls(constructor, ModuleClasses.Registrations));
    }
}
