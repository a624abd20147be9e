using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text;

namespace NotebookHost.Display.Values;

/// <summary>Writes single values, such as numbers and dates, as text that does not depend on the culture.</summary>
internal static class ScalarText
{
    /// <summary>Returns whether plain text shows the whole value. HTML for a number would add 600 bytes of styles without additional information.</summary>
    public static bool IsScalar(object? value) => value is null or IConvertible or Guid or TimeSpan or DateTimeOffset or DateOnly or TimeOnly or Half
        or Int128 or UInt128 or nint or nuint or BigInteger or Complex or Rune or Index or Range or Version or Uri or CultureInfo or Encoding or TimeZoneInfo
        or MemberInfo or ParameterInfo or Assembly or Module or Delegate or CancellationToken;

    /// <summary>Returns the text of a value for which <see cref="IsScalar"/> returns true.</summary>
    public static string Of(object? value) => value switch
    {
        null => Microsoft.DotNet.Interactive.Formatting.Formatter.NullString,
        DateTime { Kind: DateTimeKind.Local } time => OffsetTime(time),
        DateTime time => time.ToString("u", CultureInfo.InvariantCulture),
        DateTimeOffset time => OffsetTime(time),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        Type type => CSharpNames.Of(type),
        Delegate function => CSharpNames.Signature(function),
        MethodBase method => CSharpNames.Signature(method),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IConvertible other => other.ToString(CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string OffsetTime(DateTimeOffset time)
        => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:sszzz" : "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
