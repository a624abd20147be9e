using System.Globalization;
using System.Text;

namespace Microsoft.Data.Analysis;

public partial class DataFrame
{
    /// <summary>Reads a csv file.</summary>
    /// <remarks>
    /// Types are guessed as bool, float, <see cref="DateTime"/> or string: give <paramref name="dataTypes"/> for integers and doubles.
    /// An empty field is null (in a column of strings: the empty string), as is the text "null". Numbers are read with a decimal point.
    /// </remarks>
    /// <param name="filename">The file.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="header">Whether the first record holds the names of the columns.</param>
    /// <param name="columnNames">The names; those of the header, or Column0, Column1, … when null.</param>
    /// <param name="dataTypes">The types, one a column; guessed when null.</param>
    /// <param name="numRows">The most rows to read; all when -1.</param>
    /// <param name="guessRows">The number of rows to guess types from.</param>
    /// <param name="addIndexColumn">Whether to put a column of row numbers, IndexColumn, first.</param>
    /// <param name="encoding">The encoding; UTF-8, or what a byte order mark says, when null.</param>
    /// <param name="renameDuplicatedColumns">Whether to number names that occur again (a, a.1, a.2) instead of refusing them.</param>
    /// <param name="cultureInfo">How numbers and dates are written; the invariant culture when null.</param>
    /// <exception cref="FormatException">The file is empty, or a record is not like the others: the message names its line.</exception>
    public static DataFrame LoadCsv(
        string filename,
        char separator = ',',
        bool header = true,
        string[]? columnNames = null,
        Type[]? dataTypes = null,
        int numRows = -1,
        int guessRows = 10,
        bool addIndexColumn = false,
        Encoding? encoding = null,
        bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null)
    {
        using var stream = File.OpenRead(filename);
        return LoadCsv(stream, separator, header, columnNames, dataTypes, numRows, guessRows, addIndexColumn, encoding, renameDuplicatedColumns, cultureInfo);
    }

    /// <summary>Reads a stream of csv from its position on, and leaves it open.</summary>
    /// <param name="csvStream">The stream.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="header">Whether the first record holds the names of the columns.</param>
    /// <param name="columnNames">The names; those of the header, or Column0, Column1, … when null.</param>
    /// <param name="dataTypes">The types, one a column; guessed when null.</param>
    /// <param name="numberOfRowsToRead">The most rows to read; all when -1.</param>
    /// <param name="guessRows">The number of rows to guess types from.</param>
    /// <param name="addIndexColumn">Whether to put a column of row numbers, IndexColumn, first.</param>
    /// <param name="encoding">The encoding; UTF-8, or what a byte order mark says, when null.</param>
    /// <param name="renameDuplicatedColumns">Whether to number names that occur again (a, a.1, a.2) instead of refusing them.</param>
    /// <param name="cultureInfo">How numbers and dates are written; the invariant culture when null.</param>
    /// <inheritdoc cref="LoadCsv(string, char, bool, string[], Type[], int, int, bool, Encoding, bool, CultureInfo)"/>
    public static DataFrame LoadCsv(
        Stream csvStream,
        char separator = ',',
        bool header = true,
        string[]? columnNames = null,
        Type[]? dataTypes = null,
        long numberOfRowsToRead = -1,
        int guessRows = 10,
        bool addIndexColumn = false,
        Encoding? encoding = null,
        bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(csvStream);
        using var reader = new StreamReader(csvStream, encoding ?? Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var loader = new CsvLoader(separator, header, columnNames, dataTypes, numberOfRowsToRead, guessRows, renameDuplicatedColumns, cultureInfo);
        return loader.Load(reader, addIndexColumn);
    }

    /// <summary>Reads csv from a string.</summary>
    /// <param name="csvString">The csv.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="header">Whether the first record holds the names of the columns.</param>
    /// <param name="columnNames">The names; those of the header, or Column0, Column1, … when null.</param>
    /// <param name="dataTypes">The types, one a column; guessed when null.</param>
    /// <param name="numberOfRowsToRead">The most rows to read; all when -1.</param>
    /// <param name="guessRows">The number of rows to guess types from.</param>
    /// <param name="addIndexColumn">Whether to put a column of row numbers, IndexColumn, first.</param>
    /// <param name="renameDuplicatedColumns">Whether to number names that occur again (a, a.1, a.2) instead of refusing them.</param>
    /// <param name="cultureInfo">How numbers and dates are written; the invariant culture when null.</param>
    /// <inheritdoc cref="LoadCsv(string, char, bool, string[], Type[], int, int, bool, Encoding, bool, CultureInfo)"/>
    public static DataFrame LoadCsvFromString(
        string csvString,
        char separator = ',',
        bool header = true,
        string[]? columnNames = null,
        Type[]? dataTypes = null,
        long numberOfRowsToRead = -1,
        int guessRows = 10,
        bool addIndexColumn = false,
        bool renameDuplicatedColumns = false,
        CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(csvString);
        var loader = new CsvLoader(separator, header, columnNames, dataTypes, numberOfRowsToRead, guessRows, renameDuplicatedColumns, cultureInfo);
        return loader.Load(new StringReader(csvString), addIndexColumn);
    }

    /// <summary>Writes a csv file; numbers so that they read back as the same value.</summary>
    /// <param name="dataFrame">The frame.</param>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="separator">What to put between fields.</param>
    /// <param name="header">Whether to write the names of the columns first.</param>
    /// <param name="encoding">The encoding; UTF-8 without a byte order mark when null.</param>
    /// <param name="cultureInfo">How to write numbers and dates; the invariant culture when null.</param>
    /// <exception cref="ArgumentException">The culture's decimal separator is the separator of fields.</exception>
    public static void SaveCsv(
        DataFrame dataFrame,
        string path,
        char separator = ',',
        bool header = true,
        Encoding? encoding = null,
        CultureInfo? cultureInfo = null)
    {
        using var stream = File.Create(path);
        SaveCsv(dataFrame, stream, separator, header, encoding, cultureInfo);
    }

    /// <summary>Writes csv to a stream, and leaves it open.</summary>
    /// <param name="dataFrame">The frame.</param>
    /// <param name="csvStream">The stream.</param>
    /// <param name="separator">What to put between fields.</param>
    /// <param name="header">Whether to write the names of the columns first.</param>
    /// <param name="encoding">The encoding; UTF-8 without a byte order mark when null.</param>
    /// <param name="cultureInfo">How to write numbers and dates; the invariant culture when null.</param>
    /// <exception cref="ArgumentException">The culture's decimal separator is the separator of fields.</exception>
    public static void SaveCsv(
        DataFrame dataFrame,
        Stream csvStream,
        char separator = ',',
        bool header = true,
        Encoding? encoding = null,
        CultureInfo? cultureInfo = null)
    {
        ArgumentNullException.ThrowIfNull(dataFrame);
        ArgumentNullException.ThrowIfNull(csvStream);
        using var writer = new StreamWriter(csvStream, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        CsvSaver.Save(dataFrame, writer, separator, header, cultureInfo ?? CultureInfo.InvariantCulture);
    }

    /// <inheritdoc cref="SaveCsv(DataFrame, string, char, bool, Encoding, CultureInfo)"/>
    [Obsolete("Use SaveCsv, which does the same.")]
    public static void WriteCsv(
        DataFrame dataFrame,
        string path,
        char separator = ',',
        bool header = true,
        Encoding? encoding = null,
        CultureInfo? cultureInfo = null) => SaveCsv(dataFrame, path, separator, header, encoding, cultureInfo);

    /// <inheritdoc cref="SaveCsv(DataFrame, Stream, char, bool, Encoding, CultureInfo)"/>
    [Obsolete("Use SaveCsv, which does the same.")]
    public static void WriteCsv(
        DataFrame dataFrame,
        Stream csvStream,
        char separator = ',',
        bool header = true,
        Encoding? encoding = null,
        CultureInfo? cultureInfo = null) => SaveCsv(dataFrame, csvStream, separator, header, encoding, cultureInfo);
}
