using System.Reflection;
using System.Runtime.CompilerServices;

namespace NotebookHost.Display.Values;

/// <summary>Determines the types with a compiler-generated <c>ToString</c>, which does not terminate if an object refers to itself.</summary>
internal static class Records
{
    /// <summary>Returns whether <c>ToString</c> is compiler-generated: the type is a record or an anonymous type.</summary>
    public static bool HasGeneratedText(Type type)
        => CSharpNames.IsAnonymous(type) || (ToStringOf(type) is { } method && method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));

    /// <summary>Returns whether the type or one of its bases overrides <c>ToString</c> in its source.</summary>
    public static bool HasOwnText(Type type)
        => ToStringOf(type) is { DeclaringType: { } declaring } && declaring != typeof(object) && declaring != typeof(ValueType) && !HasGeneratedText(type);

    /// <summary>Returns the public properties and fields of a record, in the order of the generated text.</summary>
    public static IEnumerable<(string Name, Func<object, object?> Read)> Members(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            foreach (var member in Members(parent))
                yield return member;
        }
        foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (member is FieldInfo field)
                yield return (field.Name, field.GetValue);
            else if (member is PropertyInfo { CanRead: true } property && property.GetIndexParameters().Length == 0 && property.GetMethod!.IsPublic && !IsOverride(property))
                yield return (property.Name, property.GetValue);
        }
    }

    private static bool IsOverride(PropertyInfo property) => property.GetMethod!.GetBaseDefinition() != property.GetMethod;

    private static MethodInfo? ToStringOf(Type type) => type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes);
}
