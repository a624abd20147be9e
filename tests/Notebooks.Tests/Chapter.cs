using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NotebookHost.Running;

namespace Notebooks.Tests;

/// <summary>A chapter, run from its first cell to its last in this process.</summary>
internal sealed class Chapter
{
    private Chapter(NotebookResult result) => Result = result;

    public NotebookResult Result { get; }

    /// <summary>All outputs of all cells.</summary>
    public IEnumerable<JsonObject> Outputs => Result.Document.CodeCells.SelectMany(cell => cell.Outputs).OfType<JsonObject>();

    public static async Task<Chapter> RunAsync(string name, params (string Name, string Value)[] parameters)
    {
        var path = Path.Combine(Folder(), name);
        var runner = new NotebookRunner(new NotebookRunOptions { OutputFolder = null });
        var result = await runner.RunAsync(path, parameters.ToDictionary(entry => entry.Name, entry => entry.Value), CancellationToken.None);
        Assert.True(result.Status == RunStatus.Succeeded, result.Failure);
        return new Chapter(result);
    }

    /// <summary>The outputs of the one cell whose source contains a text.</summary>
    public IReadOnlyList<JsonObject> OutputsOf(string source) =>
        [.. Result.Document.CodeCells.Single(cell => cell.Source.Contains(source, StringComparison.Ordinal)).Outputs.OfType<JsonObject>()];

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "notebooks"));
}
