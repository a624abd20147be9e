using System.Globalization;
using DeepLearning.Files;

namespace DeepLearning.Data;

/// <summary>
/// Tutorial 001's <c>Data.csv</c>: a column with row numbers, 8 inputs and a label, 0 or 1. The tutorial does not include the file, so a missing file
/// is generated.
/// </summary>
/// <remarks>
/// The generated table has 5,000 rows of inputs x1 … x8, each uniform between -1 and 1. The label is 1 if x1 + x2 − x3 + 2·x4·x5 is above 0; x6 to x8
/// have no influence. The label is inverted in 500 random rows. The expected accuracy of a classifier is therefore at most
/// <see cref="BayesAccuracy"/>; the accuracy of a linear classifier is much lower, because of the product.
/// </remarks>
public static class DataCsv
{
    /// <summary>The accuracy of the rule itself on the generated table, which is the best possible expected accuracy.</summary>
    public const double BayesAccuracy = 1 - ((double)Inverted / Rows);

    private const int Rows = 5_000;
    private const int Inverted = 500;
    private const int Inputs = 8;
    private const int Scale = 1_000;

    /// <summary>Reads the table; a missing file is generated first.</summary>
    /// <param name="path">
    /// The path of the file, with comma-separated fields, column names in the first line and row numbers in the first column.
    /// </param>
    /// <param name="report">The function that receives one line if the table is generated; the console by default.</param>
    /// <exception cref="FormatException">The file has a bad row or a field that is not a number.</exception>
    public static TableData Load(string path = "Data.csv", Action<string>? report = null)
    {
        if (!File.Exists(path))
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            AtomicFile.Write(path, Generate);
            (report ?? Console.WriteLine)(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} does not exist: a generated table is used, on which the best expected accuracy is {100 * BayesAccuracy:0} %."));
        }
        return TableData.Load(path, indexColumn: 0);
    }

    private static void Generate(Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($",{string.Join(",", Enumerable.Range(1, Inputs).Select(i => $"x{i}"))},y");
        var random = new Random(1);
        var inverted = new bool[Rows];
        inverted.AsSpan(0, Inverted).Fill(true);
        random.Shuffle(inverted);
        var x = new int[Inputs];
        for (var row = 0; row < Rows; row++)
        {
            // in thousandths, so the rule applies exactly to the written numbers
            for (var i = 0; i < Inputs; i++)
                x[i] = random.Next(-Scale, Scale + 1);
            var isOne = (Scale * (x[0] + x[1] - x[2])) + (2 * x[3] * x[4]) > 0;
            var values = x.Select(value => (value / (double)Scale).ToString(CultureInfo.InvariantCulture));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row},{string.Join(",", values)},{(isOne == inverted[row] ? 0 : 1)}"));
        }
    }
}
