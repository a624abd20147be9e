using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DeepLearning.Files;
using DeepLearning.Tables;
using Microsoft.Data.Analysis;

namespace DeepLearning.Runs;

/// <summary>The results as the seed saves them: csv with pandas' index column, and a json list of rows.</summary>
internal static class ResultsFiles
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        IndentSize = 4,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write(string fileName, IReadOnlyList<EpochResult> epochs)
    {
        var table = ResultsTable.Of(epochs);
        table.Columns.Insert(0, new Int32DataFrameColumn("", Enumerable.Range(0, epochs.Count)));
        AtomicFile.Write(fileName + ".csv", stream => Csv.Save(table, stream));
        var rows = epochs.Select(epoch => epoch.Columns().ToDictionary());
        AtomicFile.Write(fileName + ".json", stream => JsonSerializer.Serialize(stream, rows, _json));
    }
}
