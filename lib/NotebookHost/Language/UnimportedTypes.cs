using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace NotebookHost.Language;

/// <summary>Finds public types in namespaces that no cell imports.</summary>
internal static class UnimportedTypes
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, IReadOnlyList<(string Name, string Namespace)>> _byAssembly = [];

    /// <summary>Returns the types whose names start with a text, the shortest namespaces first.</summary>
    public static IEnumerable<(string Name, string Namespace)> StartingWith(string prefix, Compilation compilation)
        => All(compilation).Where(type => type.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .OrderBy(type => type.Name.StartsWith(prefix, StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(type => type.Name.Length).ThenBy(type => type.Namespace.Length).ThenBy(type => type.Namespace, StringComparer.Ordinal)
            .Distinct();

    /// <summary>Returns the namespaces with a type of a name.</summary>
    public static IEnumerable<string> Namespaces(string name, Compilation compilation)
        => All(compilation).Where(type => type.Name == name).Select(type => type.Namespace).Distinct().OrderBy(space => space.Length).ThenBy(space => space, StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Namespace)> All(Compilation compilation)
        => compilation.SourceModule.ReferencedAssemblySymbols.SelectMany(assembly => _byAssembly.GetValue(assembly, Read));

    private static IReadOnlyList<(string Name, string Namespace)> Read(IAssemblySymbol assembly)
    {
        var types = new List<(string Name, string Namespace)>();
        var open = new Stack<INamespaceSymbol>([assembly.GlobalNamespace]);
        while (open.TryPop(out var space))
        {
            foreach (var inner in space.GetNamespaceMembers())
                open.Push(inner);
            if (!space.IsGlobalNamespace)
                types.AddRange(space.GetTypeMembers().Where(type => type.DeclaredAccessibility == Accessibility.Public).Select(type => (type.Name, space.ToDisplayString())));
        }
        return types;
    }
}
