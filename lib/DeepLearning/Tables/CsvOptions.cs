using System.Globalization;

namespace DeepLearning.Tables;

/// <summary>The format of a CSV file.</summary>
public sealed record CsvOptions
{
    /// <summary>Gets the field separator; a comma by default.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>
    /// Gets a value that indicates whether the first line has the names of the columns; true by default. Columns without a name are Column0, Column1,
    /// ….
    /// </summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Gets the culture of numbers; by default the invariant culture with decimal points, independent of the current culture.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>
    /// Gets the types of columns by name, if they should not be inferred: bool, int, long, float, double, DateTime or string. By default, the type of
    /// a column is the first of bool, long, double, DateTime (ISO 8601) and string that all its values match.
    /// </summary>
    public IReadOnlyDictionary<string, Type> Types { get; init; } = new Dictionary<string, Type>();
}
