using DeepLearning.Tables;

namespace DeepLearning.Data;

/// <summary>The options of reading a table: which columns there are, and how their values become numbers.</summary>
public sealed record TableOptions
{
    /// <summary>Gets the columns that a model should predict; the last one by default.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>Gets the columns that are left out, such as an index or a name; none by default.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Gets the format of the csv file: separator, header, culture; commas and decimal points by default.</summary>
    public CsvOptions Csv { get; init; } = new();

    /// <summary>Gets the texts that mean a missing value, besides the empty field; those that pandas recognizes, and "?", by default.</summary>
    public IReadOnlyList<string> MissingTexts { get; init; } = ["NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "?"];

    /// <summary>Gets what happens where a value is missing; an exception by default.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Throw;

    /// <summary>Gets how texts become numbers; an exception by default.</summary>
    public Categories Categories { get; init; } = Categories.Throw;

    /// <summary>
    /// Gets the categories of columns, in the order of their numbers: <see cref="TableData.Categories"/> of another table, so that both have the same
    /// numbers. By default a column has the categories that occur in it, sorted by their characters.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> KnownCategories { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>What happens where a table has no value.</summary>
public enum MissingValues
{
    /// <summary>An exception names the row and the column.</summary>
    Throw,

    /// <summary>The row is left out.</summary>
    DropRow,

    /// <summary>The value becomes NaN, which a <see cref="MissingValueFiller"/> replaces; only in inputs.</summary>
    Keep,
}

/// <summary>How the texts of a column become numbers.</summary>
public enum Categories
{
    /// <summary>An exception names the row and the column.</summary>
    Throw,

    /// <summary>Each category becomes a column of its own, "color=red", which is 1 in the rows of the category and 0 in the others.</summary>
    OneHot,

    /// <summary>Each category becomes its number, from 0.</summary>
    Codes,
}
