using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Kernels;

/// <summary>Returns the names of types for the code of cells.</summary>
internal static class TypeNames
{
    /// <summary>Returns the type's name in C#; "dynamic" for a type that code cannot name.</summary>
    public static string InCode(Type type) => Name(type) ?? "dynamic";

    private static string? Name(Type type)
    {
        if (type.IsArray)
            return Name(type.GetElementType()!) is { } element ? $"{element}[{new string(',', type.GetArrayRank() - 1)}]" : null;
        if (type.IsPointer || type.IsByRef || type.IsGenericParameter)
            return null;
        var chain = new Stack<Type>();
        for (var outer = type; outer is not null && !IsSubmission(outer); outer = outer.DeclaringType)
            chain.Push(outer);
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var names = new List<string>();
        foreach (var part in chain)
        {
            var name = part.Name.Split('`')[0];
            if (!(part.IsPublic || part.IsNestedPublic || IsOfCell(part)) || !SyntaxFacts.IsValidIdentifier(name))
                return null;
            var own = part.GetGenericArguments().Length - (part.DeclaringType?.GetGenericArguments().Length ?? 0);
            var named = Enumerable.Range(0, own).Select(_ => Name(arguments.Dequeue())).ToList();
            if (named.Contains(null))
                return null;
            names.Add("@" + name + (own > 0 ? $"<{string.Join(", ", named)}>" : ""));
        }
        var path = string.Join('.', names);
        return IsOfCell(type) ? path : type.Namespace is { } space ? $"global::{space}.{path}" : $"global::{path}";
    }

    private static bool IsOfCell(Type type) => type.DeclaringType is { } outer && (IsSubmission(outer) || IsOfCell(outer));

    private static bool IsSubmission(Type type) => type.Name.StartsWith("Submission#", StringComparison.Ordinal);
}
