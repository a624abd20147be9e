using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookHost.Migration;
using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Tests.Migration;

/// <summary>Old notebooks in a folder of their own, with a library that takes the place of packages.</summary>
public abstract class MigrationFixture : IDisposable
{
    private readonly string _library;

    protected MigrationFixture()
    {
        Directory.CreateDirectory(Folder["bin"]);
        _library = SampleAssemblies.Compile(Folder["bin"], "Everything", """
            [assembly: System.Reflection.AssemblyMetadata("BringsPackages", "Old.Tensors;Old.Tables;old-natives-*")]
            namespace OldTensors;
            public static class Tensors { public static int Ones => 1; }
            """);
    }

    internal TemporaryFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A notebook as Polyglot Notebooks saves it; a cell is its text, or its language, a line break and its text after "@".</summary>
    internal string Polyglot(params string[] cells)
    {
        var items = cells.Select(cell =>
        {
            var (language, source) = cell.StartsWith('@') && cell.Split('\n', 2) is [var first, var rest] ? (first[1..], rest) : ("csharp", cell);
            return new JsonObject
            {
                ["cell_type"] = "code",
                ["execution_count"] = null,
                ["metadata"] = new JsonObject
                {
                    ["dotnet_interactive"] = new JsonObject { ["language"] = language },
                    ["polyglot_notebook"] = new JsonObject { ["kernelName"] = language },
                    ["vscode"] = new JsonObject { ["languageId"] = "polyglot-notebook" },
                },
                ["outputs"] = new JsonArray(),
                ["source"] = source,
            };
        });
        return Write("old.ipynb", new JsonArray([.. items]), """
            {
              "kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"},
              "language_info": {"name": "polyglot-notebook"},
              "polyglot_notebook": {"kernelInfo": {"defaultKernelName": "csharp", "items": [{"aliases": [], "name": "csharp"}]}}
            }
            """);
    }

    internal string Write(string name, JsonArray cells, string metadata)
        => Folder.Write(name, new JsonObject
        {
            ["cells"] = cells,
            ["metadata"] = JsonNode.Parse(metadata),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 2,
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));

    /// <summary>A notebook as Jupyter writes it, in which nothing is old but the cells.</summary>
    internal string Plain(params string[] cells)
    {
        NotebookDocument.Create([.. cells.Select(cell => NotebookCell.Code(cell))]).Write(Folder["old.ipynb"]);
        return Folder["old.ipynb"];
    }

    internal Task<MigratedNotebook> Adopt(string path)
        => new NotebookMigrator(new MigrationOptions { Library = _library }).MigrateAsync(path);

    /// <summary>Adopts a notebook and really runs what came of it.</summary>
    internal async Task<(MigratedNotebook Adopted, NotebookResult Run)> AdoptAndRun(string path)
    {
        var adopted = await Adopt(path);
        var written = Folder["adopted.ipynb"];
        adopted.Document!.Write(written);
        return (adopted, await new NotebookRunner().RunAsync(written));
    }

    /// <summary>What was found, without the ids of cells, which follow from their texts.</summary>
    internal static IEnumerable<string> Findings(MigratedNotebook adopted)
        => adopted.Findings.Select(finding => $"{finding.Kind}: {System.Text.RegularExpressions.Regex.Replace(finding.ToString(), @" \([0-9a-f]{8}\)", "")}");
}
