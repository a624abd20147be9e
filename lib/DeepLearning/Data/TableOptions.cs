using DeepLearning.Tables;

namespace DeepLearning.Data;

/// <summary>The options for reading a table: the columns and the conversion of their values to numbers.</summary>
public sealed record TableOptions
{
    /// <summary>Gets the columns that a model predicts; the last column by default.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>Gets the columns to ignore, such as an index or a name; none by default.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Gets the format of the CSV file: separator, header, culture; commas and decimal points by default.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>Gets the texts that represent a missing value, in addition to the empty field; by default those of pandas and "?".</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = ["NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "?"];

    /// <summary>Gets the handling of missing values; an exception by default.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Throw;

    /// <summary>Gets the encoding of texts as numbers; an exception by default.</summary>
    public Categories Categories { get; init; } = Categories.Throw;

    /// <summary>
    /// Gets the categories of columns, in the order of their numbers: the <see cref="TableData.Categories"/> of another table, so that both tables
    /// use the same numbers. By default, the categories of a column are its distinct texts in ordinal order.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> KnownCategories { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>The handling of missing values.</summary>
public enum MissingValues
{
    /// <summary>An exception that names the row and the column.</summary>
    Throw,

    /// <summary>The row is dropped.</summary>
    DropRow,

    /// <summary>The value becomes NaN, which a <see cref="MissingValueFiller"/> can replace; for inputs only.</summary>
    Keep,
}

/// <summary>The encoding of text columns as numbers.</summary>
public enum Categories
{
    /// <summary>An exception that names the row and the column.</summary>
    Throw,

    /// <summary>Each category becomes a separate column, "color=red", which is 1 in rows of the category and 0 in other rows.</summary>
    OneHot,

    /// <summary>Each category becomes its number, from 0.</summary>
    Codes,
}
