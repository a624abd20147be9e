using System.Reflection;
using System.Text.RegularExpressions;

namespace NotebookHost.Display.Values;

/// <summary>Returns the names of types and functions in C# syntax.</summary>
internal static partial class CSharpNames
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(string)] = "string",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(ushort)] = "ushort",
        [typeof(void)] = "void",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    private static readonly Type[] _known =
    [
        typeof(IReadOnlyList<>), typeof(IEnumerable<>), typeof(IAsyncEnumerable<>), typeof(IEnumerator<>), typeof(IAsyncEnumerator<>),
        typeof(System.Collections.IEnumerable), typeof(System.Collections.IEnumerator),
    ];

    /// <summary>Returns the type's name without its namespace, with type arguments: "List&lt;int&gt;", "int[,]", "double?".</summary>
    public static string Of(Type type)
    {
        if (_keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsByRef)
            return "ref " + Of(type.GetElementType()!);
        if (type.IsPointer)
            return Of(type.GetElementType()!) + "*";
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying) + "?";
        if (IsAnonymous(type))
            return "(anonymous)";
        if (type.Name.StartsWith('<'))
            return Known(type) is { } known ? Of(known) : "(generated)";
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true && !type.IsGenericTypeDefinition)
            return $"({string.Join(", ", type.GetGenericArguments().Select(Of))})";
        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>" : name;
    }

    /// <summary>Returns a text without the names of the classes that the compiler generates for cells and that contain the types of cells.</summary>
    public static string WithoutSubmissions(string text) => text.Contains("Submission#", StringComparison.Ordinal) ? SubmissionPrefix().Replace(text, "") : text;

    /// <summary>Returns the signature of a delegate: "Func&lt;int, int&gt; (int x) → int".</summary>
    public static string Signature(Delegate function) => $"{Of(function.GetType())} {Parameters(function)} → {Of(function.Method.ReturnType)}";

    /// <summary>Returns the signature of a method: "int Max(int val1, int val2)".</summary>
    public static string Signature(MethodBase method)
    {
        var returned = method is MethodInfo { ReturnType: var type } ? Of(type) + " " : "";
        return $"{returned}{method.Name}({string.Join(", ", method.GetParameters().Select(Parameter))})";
    }

    /// <summary>Returns whether the type is an anonymous type.</summary>
    public static bool IsAnonymous(Type type)
        => type.IsGenericType && type.Name.StartsWith("<>", StringComparison.Ordinal) && type.Name.Contains("AnonymousType", StringComparison.Ordinal);

    // the parameters of the delegate type, because its method may have an additional parameter for captured variables
    private static string Parameters(Delegate function)
    {
        var invoked = function.GetType().GetMethod("Invoke")!.GetParameters();
        var named = function.Method.GetParameters();
        var offset = named.Length - invoked.Length;
        return $"({string.Join(", ", invoked.Select((parameter, i) => $"{Of(parameter.ParameterType)} {Name(i + offset, parameter)}"))})";

        string Name(int index, ParameterInfo parameter)
            => index >= 0 && index < named.Length && named[index].Name is { Length: > 0 } name && !name.StartsWith('<') ? name : parameter.Name ?? "_";
    }

    // iterators and the objects of collection expressions
    private static Type? Known(Type type)
        => _known.Select(known => type.GetInterfaces().FirstOrDefault(found => (found.IsGenericType ? found.GetGenericTypeDefinition() : found) == known))
            .FirstOrDefault(found => found is not null);

    private static string Parameter(ParameterInfo parameter) => $"{Of(parameter.ParameterType)} {parameter.Name}";

    [GeneratedRegex(@"\bSubmission#[0-9]+\+")]
    private static partial Regex SubmissionPrefix();
}
