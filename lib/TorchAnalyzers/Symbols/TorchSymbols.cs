using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace TorchAnalyzers.Symbols;

/// <summary>TorchSharp's types in a compilation.</summary>
internal sealed class TorchSymbols
{
    private static readonly ConditionalWeakTable<Compilation, Found> _cache = new();

    private TorchSymbols(INamedTypeSymbol tensor, INamedTypeSymbol module, INamedTypeSymbol scalarType, INamedTypeSymbol optimizer,
        INamedTypeSymbol torch)
    {
        (Tensor, Module, ScalarType, Optimizer, Torch, Assembly) = (tensor, module, scalarType, optimizer, torch, tensor.ContainingAssembly);
    }

    /// <summary>Gets torch.Tensor.</summary>
    public INamedTypeSymbol Tensor { get; }

    /// <summary>Gets torch.nn.Module.</summary>
    public INamedTypeSymbol Module { get; }

    /// <summary>Gets the enum ScalarType.</summary>
    public INamedTypeSymbol ScalarType { get; }

    /// <summary>Gets torch.optim.Optimizer.</summary>
    public INamedTypeSymbol Optimizer { get; }

    /// <summary>Gets the static class torch.</summary>
    public INamedTypeSymbol Torch { get; }

    /// <summary>Gets TorchSharp's assembly.</summary>
    public IAssemblySymbol Assembly { get; }

    /// <summary>Returns the types; null if TorchSharp is not referenced.</summary>
    public static TorchSymbols? Of(Compilation compilation) => _cache.GetValue(compilation, static key => new Found(Find(key))).Symbols;

    /// <summary>Returns whether a type is torch.Tensor or derives from it.</summary>
    public bool IsTensor(ITypeSymbol? type) => Derives(type, Tensor);

    /// <summary>Returns whether a type is torch.nn.Module or derives from it.</summary>
    public bool IsModule(ITypeSymbol? type) => Derives(type, Module);

    /// <summary>Returns whether a type is ScalarType or ScalarType?.</summary>
    public bool IsScalarType(ITypeSymbol? type) => SymbolEqualityComparer.Default.Equals(
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [{ } value] } ? value : type, ScalarType);

    /// <summary>Returns whether a type is an optimizer.</summary>
    public bool IsOptimizer(ITypeSymbol? type) => Derives(type, Optimizer);

    /// <summary>Returns whether a symbol is declared in TorchSharp itself.</summary>
    public bool Declares(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol?.ContainingAssembly, Assembly);

    /// <summary>Returns whether a method is a TorchSharp method with a name, or overrides one.</summary>
    public bool IsMethod(IMethodSymbol? method, params string[] names)
    {
        if (method is null || !names.Contains(method.Name))
            return false;
        var original = method;
        while (original.OverriddenMethod is { } overridden)
            original = overridden;
        return Declares(original);
    }

    private static bool Derives(ITypeSymbol? type, INamedTypeSymbol ancestor)
    {
        if (type is ITypeParameterSymbol parameter)
            return parameter.ConstraintTypes.Any(constraint => Derives(constraint, ancestor));
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, ancestor))
                return true;
        }
        return false;
    }

    private static TorchSymbols? Find(Compilation compilation)
    {
        INamedTypeSymbol? Type(string name) => compilation.GetTypesByMetadataName(name).FirstOrDefault();
        return Type("TorchSharp.torch+Tensor") is { } tensor && Type("TorchSharp.torch+nn+Module") is { } module
            && Type("TorchSharp.torch+ScalarType") is { } scalarType && Type("TorchSharp.torch+optim+Optimizer") is { } optimizer
            ? new TorchSymbols(tensor, module, scalarType, optimizer, tensor.ContainingType)
            : null;
    }

    private sealed class Found(TorchSymbols? symbols)
    {
        public TorchSymbols? Symbols { get; } = symbols;
    }
}
