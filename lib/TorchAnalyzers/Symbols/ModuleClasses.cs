using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TorchAnalyzers.Symbols;

/// <summary>Reads classes that derive from torch.nn.Module.</summary>
internal static class ModuleClasses
{
    private static readonly HashSet<string> _plain = ["Module", "HookableModule", "ParameterLessModule"];

    /// <summary>The methods that register the parts of a module.</summary>
    public static readonly ISet<string> Registrations = new HashSet<string>(StringComparer.Ordinal)
    {
        "RegisterComponents", "register_module", "register_parameter", "register_buffer", "add_module", "ConditionallyRegisterParameter",
        "ConditionallyRegisterBuffer",
    };

    /// <summary>Returns whether a class derives from Module, directly or through classes of this project.</summary>
    public static bool IsVisible(INamedTypeSymbol type, TorchSymbols torch)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (torch.Declares(current))
                return _plain.Contains(current.Name);
            if (current.DeclaringSyntaxReferences.IsEmpty)
                return false;
        }
        return false;
    }

    /// <summary>Returns the instance fields with a module or a parameter, including the backing fields of properties.</summary>
    public static IEnumerable<IFieldSymbol> Parts(INamedTypeSymbol type, TorchSymbols torch) => type.GetMembers().OfType<IFieldSymbol>().Where(
        field => !field.IsStatic && (torch.IsModule(field.Type) || field.Type is { Name: "Parameter" } && torch.IsTensor(field.Type)));

    /// <summary>Returns the parameters of a class that its methods and properties use, so that the compiler stores them in fields.</summary>
    public static IEnumerable<IParameterSymbol> StoredParameters(TypeDeclarationSyntax declaration, SemanticModel model) => (declaration.ParameterList?.Parameters ?? [])
        .Where(parameter => declaration.Members.Where(member => member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax)
            .SelectMany(member => member is PropertyDeclarationSyntax { Initializer: not null } ? [] : member.DescendantNodes()).OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.ValueText == parameter.Identifier.ValueText && model.GetSymbolInfo(name).Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }))
        .Select(parameter => model.GetDeclaredSymbol(parameter)!);

    /// <summary>Returns a class and its base classes in this project, up to Module.</summary>
    public static IEnumerable<INamedTypeSymbol> Ancestry(INamedTypeSymbol type, TorchSymbols torch)
    {
        for (var current = type; current is not null && !torch.Declares(current); current = current.BaseType)
            yield return current;
    }

    /// <summary>Returns the declarations of a class; a partial class has several.</summary>
    public static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>();

    /// <summary>Returns whether a node contains a call of a method with one of the names, without the calls of classes declared in it.</summary>
    public static bool Calls(SyntaxNode node, ISet<string> methods) =>
        node.DescendantNodes(child => child == node || child is not BaseTypeDeclarationSyntax).OfType<SimpleNameSyntax>().Any(name => methods.Contains(name.Identifier.ValueText) && IsCalled(name));

    /// <summary>Returns the constructors that do not call another constructor of the class.</summary>
    public static IEnumerable<ConstructorDeclarationSyntax> Constructors(TypeDeclarationSyntax declaration) =>
        declaration.Members.OfType<ConstructorDeclarationSyntax>()
        .Where(constructor => !constructor.Modifiers.Any(SyntaxKind.StaticKeyword)
            && constructor.Initializer?.IsKind(SyntaxKind.ThisConstructorInitializer) != true);

    // as a call, or as a method group that is passed as an argument
    private static bool IsCalled(SimpleNameSyntax name) =>
        name.Parent is not (ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } });
}
