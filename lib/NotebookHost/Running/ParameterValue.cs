using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Running;

/// <summary>Reads a setting from the command line and writes it as C#, the same in every culture.</summary>
internal static class ParameterValue
{
    private static readonly CultureInfo _culture = CultureInfo.InvariantCulture;

    public static bool IsSupported(SpecialType type) => type is SpecialType.System_Int32 or SpecialType.System_Int64
        or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal
        or SpecialType.System_Boolean or SpecialType.System_String;

    /// <summary>The value as a C# literal; null when it does not fit the type.</summary>
    public static string? ToLiteral(string value, SpecialType type) => type switch
    {
        SpecialType.System_Int32 => int.TryParse(value, NumberStyles.Integer, _culture, out var number) ? $"{number}" : null,
        SpecialType.System_Int64 => long.TryParse(value, NumberStyles.Integer, _culture, out var number) ? $"{number}L" : null,
        SpecialType.System_Single => Finite(value, "float", "f", number => (float)number),
        SpecialType.System_Double => Finite(value, "double", "", number => number),
        SpecialType.System_Decimal => decimal.TryParse(value, NumberStyles.Float, _culture, out var number) ? $"{number}m" : null,
        SpecialType.System_Boolean => bool.TryParse(value, out var flag) ? (flag ? "true" : "false") : null,
        SpecialType.System_String => SymbolDisplay.FormatLiteral(value, quote: true),
        _ => null,
    };

    private static string? Finite<T>(string value, string keyword, string suffix, Func<double, T> narrow)
        where T : System.Numerics.IFloatingPointIeee754<T>
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
