using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DeepLearning.Runs;

/// <summary>The supported values of settings: null, strings, booleans, numbers, dates, and lists of these.</summary>
internal static class SettingValue
{
    /// <summary>Compares values; lists are equal if their elements are equal.</summary>
    public static IEqualityComparer<object?> Comparer { get; } = new ValueComparer();

    /// <summary>Returns a value in the form in which a run stores it: enums as their names, sequences and tuples as lists.</summary>
    /// <exception cref="ArgumentException">Settings do not support the type of the value.</exception>
    public static object? Of(string setting, object? value) => value switch
    {
        null or string or bool or decimal => value,
        Enum member => member.ToString(),
        Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => value,
        nint or nuint => throw Refused(setting, value),
        _ when value.GetType().IsPrimitive => value,
        // dictionaries with the same content may have different orders
        IDictionary => throw Refused(setting, value),
        IEnumerable list => (object?[])[.. list.Cast<object?>().Select(element => Of(setting, element))],
        ITuple tuple => (object?[])[.. Enumerable.Range(0, tuple.Length).Select(i => Of(setting, tuple[i]))],
        _ => throw Refused(setting, value),
    };

    /// <summary>Returns a value as culture-invariant text that distinguishes strings, numbers and null.</summary>
    public static string Quoted(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(Quoted))}]",
        DateTime or DateTimeOffset or DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static ArgumentException Refused(string setting, object value) => new(
        $"The setting '{setting}' is a {value.GetType().Name}, which is not supported: settings are strings, numbers, booleans, enums, dates, "
        + "null, and lists of these.");

    private sealed class ValueComparer : IEqualityComparer<object?>
    {
        public new bool Equals(object? x, object? y) => x is IReadOnlyList<object?> first && y is IReadOnlyList<object?> second
            ? first.SequenceEqual(second, this)
            : object.Equals(x, y);

        public int GetHashCode(object? value)
        {
            if (value is not IReadOnlyList<object?> list)
                return value?.GetHashCode() ?? 0;
            var hash = default(HashCode);
            foreach (var element in list)
                hash.Add(element, this);
            return hash.ToHashCode();
        }
    }
}
