using System.Globalization;
using DeepLearning.Files;

namespace DeepLearning.Data;

/// <summary>
/// Tutorial 001's <c>Data.csv</c>: a column that numbers the rows, 8 inputs and a label, 0 or 1. The tutorial does not come with the file, so
/// one is generated where there is none.
/// </summary>
/// <remarks>
/// The generated table has 5,000 rows of inputs x1 … x8, each uniform from -1 to 1. The label is 1 where x1 + x2 − x3 + 2·x4·x5 is above 0; x6
/// to x8 say nothing. In 500 rows, drawn at random, it is turned round: no classifier can be expected to be right more often than
/// <see cref="BayesAccuracy"/>, and none that is linear comes near, because of the product.
/// </remarks>
public static class DataCsv
{
    /// <summary>The accuracy of the rule itself on the generated table: the best that a classifier can hope for.</summary>
    public const double BayesAccuracy = 1 - ((double)Turned / Rows);

    private const int Rows = 5_000;
    private const int Turned = 500;
    private const int Inputs = 8;
    private const int Scale = 1_000;

    /// <summary>Reads the table; writes it first where the file is not there.</summary>
    /// <param name="path">The file; a comma between fields, names in the first line, the number of the row in the first column.</param>
    /// <param name="report">Told in one line when the table is generated; the console unless told.</param>
    /// <exception cref="FormatException">The file that was found has a bad row or a field that is no number.</exception>
    public static TableData Load(string path = "Data.csv", Action<string>? report = null)
    {
        if (!File.Exists(path))
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            AtomicFile.Write(path, Generate);
            (report ?? Console.WriteLine)(
                $"There is no {path}: a generated table takes its place, whose labels no classifier can be expected to tell better than "
                + $"{BayesAccuracy:P0}.");
        }
        return TableData.Load(path, indexColumn: 0);
    }

    private static void Generate(Stream stream)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine($",{string.Join(",", Enumerable.Range(1, Inputs).Select(i => $"x{i}"))},y");
        var random = new Random(1);
        var turned = new bool[Rows];
        turned.AsSpan(0, Turned).Fill(true);
        random.Shuffle(turned);
        var x = new int[Inputs];
        for (var row = 0; row < Rows; row++)
        {
            // in thousandths, so that the rule is applied to what is written and no rounding decides
            for (var i = 0; i < Inputs; i++)
                x[i] = random.Next(-Scale, Scale + 1);
            var isOne = (Scale * (x[0] + x[1] - x[2])) + (2 * x[3] * x[4]) > 0;
            var values = x.Select(value => (value / (double)Scale).ToString(CultureInfo.InvariantCulture));
            writer.WriteLine($"{row},{string.Join(",", values)},{(isOne == turned[row] ? 0 : 1)}");
        }
    }
}
