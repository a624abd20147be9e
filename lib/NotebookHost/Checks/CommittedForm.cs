using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Checks;

/// <summary>
/// The form of an executed notebook for commits: with the outputs that pages without scripts, such as GitHub's, can show, and without content that differs between
/// runs or machines.
/// </summary>
public static class CommittedForm
{
    private const string Html = "text/html";
    private const string Script = "<script";

    // the replacements for an output that requires a script
    private static readonly string[] _pictures = ["image/svg+xml", "image/png", "image/jpeg"];
    private static readonly string[] _shown = [Html, "text/markdown", "text/latex", "text/plain", .. _pictures];

    /// <summary>Returns a copy of the notebook in this form. Converting the copy again has no effect.</summary>
    /// <param name="document">An executed notebook.</param>
    /// <param name="repositoryRoot">The folder to which paths in outputs become relative; null: only home folders are replaced by "~".</param>
    public static NotebookDocument Of(NotebookDocument document, string? repositoryRoot = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        var copy = NotebookDocument.Parse(document.ToJson());
        var outputs = copy.CodeCells.ToDictionary(cell => cell.Id, cell => cell.Outputs.DeepClone().AsArray(), StringComparer.Ordinal);
        NotebookStripper.Strip(copy);
        var paths = new MachinePaths(repositoryRoot);
        foreach (var cell in copy.CodeCells)
        {
            cell.ExecutionCount = null;
            cell.Outputs.Clear();
            foreach (var output in outputs[cell.Id].OfType<JsonObject>())
                cell.Outputs.Add((JsonNode)Reduce(output, paths));
        }
        return copy;
    }

    /// <summary>Returns why a page without scripts does not show an output of these types completely; null if it does.</summary>
    internal static string? Unshown(JsonObject data)
    {
        if (data.Select(entry => entry.Key).FirstOrDefault(type => type.StartsWith("application/", StringComparison.Ordinal)) is { } type)
            return type;
        return HasScript(data) ? "a script" : null;
    }

    private static JsonObject Reduce(JsonObject output, MachinePaths paths)
    {
        var reduced = output.DeepClone().AsObject();
        if (reduced.ContainsKey("execution_count"))
            reduced["execution_count"] = null;
        if (MultilineText.Join(reduced["text"]) is { } text)
            reduced["text"] = MultilineText.Split(paths.Replace(TerminalText.Settle(text)));
        if (reduced["traceback"] is JsonArray traceback)
            reduced["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)paths.Replace(MultilineText.Join(line) ?? ""))]);
        if (reduced["data"] is JsonObject data)
            ReduceData(data, paths);
        return reduced;
    }

    private static void ReduceData(JsonObject data, MachinePaths paths)
    {
        var hasPicture = data.Any(entry => _pictures.Contains(entry.Key, StringComparer.Ordinal));
        foreach (var type in data.Select(entry => entry.Key).ToList())
        {
            if (!_shown.Contains(type, StringComparer.Ordinal) || (type == Html && HasScript(data)))
                data.Remove(type);
        }
        // such pages remove scripts and drawings from HTML
        if (hasPicture)
            data.Remove(Html);
        foreach (var type in data.Select(entry => entry.Key).Where(IsText).ToList())
            data[type] = MultilineText.Split(paths.Replace(MultilineText.Join(data[type]) ?? ""));
    }

    private static bool HasScript(JsonObject data)
        => MultilineText.Join(data[Html]) is { } html && html.Contains(Script, StringComparison.OrdinalIgnoreCase);

    // the base64 text of an image may contain any text
    private static bool IsText(string type) => type.StartsWith("text/", StringComparison.Ordinal) || type == "image/svg+xml";

    /// <summary>Replaces the folders of this machine in texts.</summary>
    private sealed class MachinePaths(string? repositoryRoot)
    {
        private readonly string _home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        public string Replace(string text)
        {
            if (repositoryRoot is { Length: > 1 } root)
                text = text.Replace(root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(root, ".", StringComparison.Ordinal);
            return _home.Length > 1 ? text.Replace(_home + Path.DirectorySeparatorChar, "~/", StringComparison.Ordinal) : text;
        }
    }
}
