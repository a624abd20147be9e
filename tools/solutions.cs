// Runs chapters with the solutions that are collapsed in their text, and writes the outputs of the solutions below their code, in all languages:
//   dotnet run tools/solutions.cs -- notebooks/07-training-loop.ipynb
// Pictures go to notebooks/images/solutions. Exit code 1: a chapter failed and was not changed.
#:project ../lib/NotebookHost/NotebookHost.csproj
#:property NoWarn=$(NoWarn);NU1603
#:property PublishAot=false
#:property GenerateDocumentationFile=true

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookHost.Notebooks;
using NotebookHost.Running;

var failed = false;
foreach (var path in args)
{
    var job = NotebookJob.Load(path);
    var solutions = FoldedSolutions.Unfold(job.Document);
    var result = await new NotebookRunner(new NotebookRunOptions { OutputFolder = null, Isolation = Isolation.Process }).RunAsync(job);
    Console.WriteLine($"{job.Name}: {(result.Status == RunStatus.Succeeded ? $"{solutions.Count} solutions" : result.Failure)}");
    if (result.Status != RunStatus.Succeeded)
    {
        failed = true;
        continue;
    }
    var document = NotebookDocument.Read(path);
    foreach (var (solution, code) in solutions)
        new SolutionOutput(path, solution.Id, code).WriteInto(document.Cells.Single(cell => cell.Id == solution.Id));
    document.Write(path);
}
return failed ? 1 : 0;

/// <summary>The outputs of a solution's code, as Markdown.</summary>
internal sealed partial class SolutionOutput
{
    private readonly List<string> _blocks = [];

    public SolutionOutput(string chapter, string id, NotebookCell code)
    {
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(chapter))!, "images", "solutions");
        var number = Path.GetFileName(chapter)[..2];
        foreach (var output in code.Outputs.OfType<JsonObject>())
        {
            var data = output["data"] as JsonObject;
            var text = (Join(output["text"]) ?? Join(data?["text/plain"]) ?? "").TrimEnd();
            if (Join(data?["image/svg+xml"]) is { } svg)
                AddPicture(folder, $"{number}-{id}-{_blocks.Count + 1}.svg", text, file => File.WriteAllText(file, svg.TrimEnd() + "\n"));
            else if (Join(data?["image/png"]) is { } png)
                AddPicture(folder, $"{number}-{id}-{_blocks.Count + 1}.png", text, file => File.WriteAllBytes(file, Convert.FromBase64String(png.Trim())));
            else if (text.Length > 0)
                _blocks.Add($"```text\n{text}\n```");
        }
    }

    public void WriteInto(NotebookCell cell)
    {
        cell.Source = Replace(cell.Source);
        if (cell.Metadata["translations"] is not JsonObject translations)
            return;
        foreach (var (language, text) in translations.ToList())
        {
            // exported pages translate the texts of the pictures
            var translated = Replace(string.Concat(text!.AsArray().Select(line => (string?)line)));
            var lines = (language == "zh-CN" ? PicturePattern().Replace(translated, "![代码绘制的图](") : translated).Split('\n');
            translations[language] = new JsonArray([.. lines.Select((line, i) => (JsonNode)(i < lines.Length - 1 ? line + "\n" : line)).Where(line => (string?)line != "")]);
        }
    }

    // the output is between the code and the end of the collapsed section
    private string Replace(string text) => OutputPattern().Replace(text, match => $"{match.Groups["code"].Value}\n\n{string.Join("\n\n", [.. _blocks, "</details>"])}");

    private void AddPicture(string folder, string name, string text, Action<string> write)
    {
        Directory.CreateDirectory(folder);
        write(Path.Combine(folder, name));
        var words = text.Split('\n')[0].Replace("[", "(", StringComparison.Ordinal).Replace("]", ")", StringComparison.Ordinal);
        _blocks.Add($"![{(words.Length < 10 ? "The picture that the code draws" : words)}](images/solutions/{name})");
    }

    private static string? Join(JsonNode? text) => text switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
        JsonValue value => (string?)value,
        _ => null,
    };

    [GeneratedRegex(@"!\[[^\]]*\]\((?=images/solutions/)")]
    private static partial Regex PicturePattern();

    [GeneratedRegex(@"(?<code>^```csharp\n.*?\n```$).*</details>", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex OutputPattern();
}
