using System.Text;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;
using NotebookHost.Running;

namespace NotebookHost.Tests;

/// <summary>Files that are not notebooks, or large, or odd: one clear sentence or a clean load, and the file stays as it was.</summary>
public sealed class MalformedNotebookTests : IDisposable
{
    // of which JSON is made
    private const string Marks = "{}[]\",:0-9.eE\\untrlfa";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whatever_bytes_change_a_notebook_loads_or_is_refused()
    {
        var sound = Encoding.UTF8.GetBytes(NotebookDocument.Create(
            NotebookCell.Markdown("# Title é \ud83d\ude00"),
            NotebookCell.Code("var x = \"\\\"\\u00e9\";\n", "parameters", "x"),
            CellWithOutputs()).ToJson());
        var random = new Random(2026);
        var (loaded, refused) = (0, 0);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = Mutate(sound, random);
            File.WriteAllBytes(_folder["nb"], bytes);
            try
            {
                Use(NotebookDocument.Read(_folder["nb"]));
                loaded++;
            }
            catch (NotebookFormatException error)
            {
                Assert.StartsWith(_folder["nb"], error.Message, StringComparison.Ordinal);
                Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
                Assert.Equal(bytes, File.ReadAllBytes(_folder["nb"]));
                refused++;
            }
        }
        // both happen often, so that both are tried
        Assert.True(loaded > 200 && refused > 200, $"{loaded} loaded, {refused} refused");
    }

    [Fact]
    public void A_hundred_megabytes_of_outputs_are_read_and_written()
    {
        var cell = NotebookCell.Code("1");
        var megabyte = new string('x', 1 << 20);
        for (var i = 0; i < 100; i++)
            cell.Outputs.Add((JsonNode)new JsonObject { ["name"] = "stdout", ["output_type"] = "stream", ["text"] = new JsonArray(megabyte) });
        NotebookDocument.Create(cell).Write(_folder["large.ipynb"]);

        NotebookDocument.Read(_folder["large.ipynb"]).Write(_folder["copy.ipynb"]);

        Assert.Equal(new FileInfo(_folder["large.ipynb"]).Length, new FileInfo(_folder["copy.ipynb"]).Length);
    }

    [FactOnLinux]
    public void A_file_that_cannot_be_read_is_named()
    {
        // reading it fails for every user
        File.CreateSymbolicLink(_folder["dead.ipynb"], "/proc/self/mem");

        var error = Assert.Throws<RunUsageException>(() => NotebookJob.Load(_folder["dead.ipynb"]));

        Assert.StartsWith($"{_folder["dead.ipynb"]} cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_of_windows_and_a_byte_order_mark_are_read()
    {
        var text = "\uFEFF" + NotebookDocument.Create(NotebookCell.Code("a\nb")).ToJson().Replace("\n", "\r\n", StringComparison.Ordinal);
        var path = _folder.Write("w.ipynb", text);

        Assert.Equal("a\nb", NotebookJob.Load(path).Document.Cells[0].Source);
    }

    private static NotebookCell CellWithOutputs()
    {
        var cell = NotebookCell.Code("1 + 1");
        cell.Outputs.Add((JsonNode)new JsonObject
        {
            ["data"] = new JsonObject { ["text/plain"] = new JsonArray("2"), ["application/json"] = new JsonObject { ["a"] = 1.5e10 } },
            ["execution_count"] = 1,
            ["metadata"] = new JsonObject(),
            ["output_type"] = "execute_result",
        });
        return cell;
    }

    private static byte[] Mutate(byte[] sound, Random random)
    {
        var bytes = sound.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)Marks[random.Next(Marks.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 60), bytes.Count - at)));
                    break;
                case 4:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(random.Next(2) == 0 ? "\\ud800" : "\\udc00\\ud83d\\ude00"));
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }
        return [.. bytes];
    }

    // all that a run, an export or a check asks of a document
    private static void Use(NotebookDocument document)
    {
        foreach (var cell in document.Cells)
        {
            _ = (cell.Id, cell.Source, cell.Tags, cell.HasTag("x"));
            if (cell.Kind == CellKind.Code)
                _ = (cell.ExecutionCount, cell.Outputs.Count);
        }
        _ = document.Metadata["kernelspec"]?.ToJsonString();
        NotebookDocument.Parse(document.ToJson(), "what was written");
    }
}
