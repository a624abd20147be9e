using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeepLearning.Files;
using DeepLearning.Tables;
using Microsoft.Data.Analysis;

namespace DeepLearning.Runs;

/// <summary>Writes results in the formats of the tutorial: CSV with pandas' index column, and a JSON list of rows.</summary>
internal static class ResultsFiles
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        IndentSize = 4,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(string fileName, IReadOnlyList<RunResult> runs)
    {
        var table = ResultsTable.Of(runs);
        table.Columns.Insert(0, new Int32DataFrameColumn("", Enumerable.Range(0, (int)table.Rows.Count)));
        AtomicFile.Write(fileName + ".csv", stream => Csv.Save(table, stream));
        var rows = runs.SelectMany(run => run.Rows()).Select(row => row.ToDictionary());
        AtomicFile.Write(fileName + ".json", stream => JsonSerializer.Serialize(stream, rows, _json));
    }
}
