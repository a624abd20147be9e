using System.Text.Json;

namespace Bench.Measurement;

/// <summary>Writes the results as JSON.</summary>
internal static class RowFile
{
    private static readonly JsonSerializerOptions _format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static Task WriteAsync(string path, IReadOnlyList<Row> rows, CancellationToken cancellation) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(rows, _format), cancellation);
}
