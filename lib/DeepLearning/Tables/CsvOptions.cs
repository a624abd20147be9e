using System.Globalization;

namespace DeepLearning.Tables;

/// <summary>The format of a csv file.</summary>
public sealed record CsvOptions
{
    /// <summary>Gets the character between fields; a comma by default.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Gets whether the first line holds the names of the columns; true by default. A column without a name is Column0, Column1, ….</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Gets the culture of the numbers; the invariant culture, with decimal points, by default, whatever the culture of the machine.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>
    /// Gets the types of columns, by name, where the values do not decide: bool, int, long, float, double, DateTime or string. By default a
    /// column is of the first of bool, long, double, DateTime (ISO 8601) and string that fits all its values.
    /// </summary>
    public IReadOnlyDictionary<string, Type> Types { get; init; } = new Dictionary<string, Type>();
}
