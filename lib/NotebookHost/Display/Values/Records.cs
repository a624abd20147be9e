using System.Reflection;
using System.Runtime.CompilerServices;

namespace NotebookHost.Display.Values;

/// <summary>Tells the types whose <c>ToString</c> the compiler wrote. It never ends where an object refers to itself.</summary>
internal static class Records
{
    /// <summary>Returns whether the compiler wrote the type's <c>ToString</c>: the type is a record or an anonymous type.</summary>
    public static bool HasGeneratedText(Type type)
        => CSharpNames.IsAnonymous(type) || (ToStringOf(type) is { } method && method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));

    /// <summary>Returns whether the author of the type, or of its base, wrote a <c>ToString</c>.</summary>
    public static bool HasOwnText(Type type)
        => ToStringOf(type) is { DeclaringType: { } declaring } && declaring != typeof(object) && declaring != typeof(ValueType) && !HasGeneratedText(type);

    /// <summary>Gets the public properties and fields of a record, as its generated text lists them.</summary>
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
