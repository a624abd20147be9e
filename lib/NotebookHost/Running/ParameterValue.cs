using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Running;

/// <summary>
/// Converts a setting from the command line to C#, independent of the culture: numbers, bool, char, string, enums and their nullable
/// types, and arrays and lists of them as "1,2" or "[1, 2]". For any text, the result is one literal.
/// </summary>
internal static class ParameterValue
{
    private static readonly CultureInfo _culture = CultureInfo.InvariantCulture;

    public static bool IsSupported(ITypeSymbol type)
        => ElementType(type) is { } element ? IsSupported(element)
            : Underlying(type) is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Char or SpecialType.System_String }
                or { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double };

    /// <summary>Returns the value as a C# expression; null if it is not a value of the type.</summary>
    /// <param name="value">The text.</param>
    /// <param name="type">A supported type.</param>
    /// <param name="name">A function that returns the name of a type in the code around the expression.</param>
    public static string? ToLiteral(string value, ITypeSymbol type, Func<ITypeSymbol, string> name)
    {
        if (ElementType(type) is { } element)
        {
            var items = Items(value).Select(item => ToLiteral(item, element, name)).ToList();
            return items.Contains(null) ? null : $"[{string.Join(", ", items)}]";
        }
        var underlying = Underlying(type);
        if (!SymbolEqualityComparer.Default.Equals(type, underlying) && value == "null")
            return value;
        return underlying.TypeKind == TypeKind.Enum ? Member(value, underlying, name) : Simple(value, underlying.SpecialType);
    }

    private static ITypeSymbol? ElementType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var element] } list when IsList(list.OriginalDefinition) => element,
        _ => null,
    };

    private static bool IsList(INamedTypeSymbol type)
        => type.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_IReadOnlyList_T
            or SpecialType.System_Collections_Generic_IReadOnlyCollection_T
            or SpecialType.System_Collections_Generic_IList_T
            or SpecialType.System_Collections_Generic_ICollection_T
            || (type.Name == "List" && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic");

    private static ITypeSymbol Underlying(ITypeSymbol type)
        => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private static string[] Items(string value)
    {
        if (value.StartsWith('['))
        {
            try
            {
                using var list = JsonDocument.Parse(value);
                return [.. list.RootElement.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())];
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                // strings without quotes, which a shell may have removed
                value = value[1..].TrimEnd().TrimEnd(']');
            }
        }
        return value.Length == 0 ? [] : value.Split(',', StringSplitOptions.TrimEntries);
    }

    private static string? Member(string value, ITypeSymbol type, Func<ITypeSymbol, string> name)
    {
        var members = type.GetMembers().OfType<IFieldSymbol>().Where(member => member.HasConstantValue).Select(member => member.Name).ToList();
        var match = members.Find(member => member == value)
            ?? members.Find(member => member.Equals(value, StringComparison.OrdinalIgnoreCase));
        return match is null ? null : $"{name(type)}.{Identifier(match)}";
    }

    /// <summary>Returns a name as a C# identifier.</summary>
    public static string Identifier(string name)
        => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string? Simple(string value, SpecialType type) => type switch
    {
        SpecialType.System_SByte => Whole<sbyte>(value),
        SpecialType.System_Byte => Whole<byte>(value),
        SpecialType.System_Int16 => Whole<short>(value),
        SpecialType.System_UInt16 => Whole<ushort>(value),
        SpecialType.System_Int32 => Whole<int>(value),
        SpecialType.System_UInt32 => Whole<uint>(value, "U"),
        SpecialType.System_Int64 => Whole<long>(value, "L"),
        SpecialType.System_UInt64 => Whole<ulong>(value, "UL"),
        SpecialType.System_Single => Finite(value, "float", "f", number => (float)number),
        SpecialType.System_Double => Finite(value, "double", "", number => number),
        SpecialType.System_Decimal => decimal.TryParse(value, NumberStyles.Float, _culture, out var number) ? $"{number}m" : null,
        SpecialType.System_Boolean => bool.TryParse(value, out var flag) ? (flag ? "true" : "false") : null,
        SpecialType.System_Char => value.Length == 1 ? SymbolDisplay.FormatLiteral(value[0], quote: true) : null,
        SpecialType.System_String => SymbolDisplay.FormatLiteral(value, quote: true),
        _ => null,
    };

    private static string? Whole<T>(string value, string suffix = "")
        where T : IBinaryInteger<T>
        => T.TryParse(value, NumberStyles.Integer, _culture, out var number) ? $"{number}{suffix}" : null;

    private static string? Finite<T>(string value, string keyword, string suffix, Func<double, T> narrow)
        where T : IFloatingPointIeee754<T>
    {
        if (!double.TryParse(value, NumberStyles.Float, _culture, out var wide))
            return null;
        var number = narrow(wide);
        if (T.IsNaN(number))
            return $"{keyword}.NaN";
        if (T.IsInfinity(number))
            return double.IsFinite(wide) ? null : $"{keyword}.{(T.IsNegative(number) ? "NegativeInfinity" : "PositiveInfinity")}";
        var text = number.ToString("R", _culture);
        var isWhole = text.All(character => char.IsAsciiDigit(character) || character == '-');
        return text + (suffix.Length > 0 ? suffix : isWhole ? ".0" : "");
    }
}
