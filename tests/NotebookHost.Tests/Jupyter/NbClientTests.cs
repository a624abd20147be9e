using System.Diagnostics;
using System.Text.Json.Nodes;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Jupyter;

/// <summary>Jupyter's own programs run notebooks on the kernel, which they find under the name that the notebooks give.</summary>
public sealed class NbClientTests : IDisposable
{
    private const string Execute = """
        import sys, nbformat, nbclient
        notebook = nbformat.read(sys.argv[1], as_version=4)
        try:
            nbclient.NotebookClient(notebook, timeout=None, **eval(sys.argv[2])).execute()
        finally:
            nbformat.write(notebook, sys.argv[1])
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithJupyter]
    public async Task Nbclient_runs_a_notebook_and_keeps_its_outputs()
    {
        Write("""
            Console.WriteLine("text");
            """, """
            var shown = display("old");
            """, """
            shown.Update("new"); HTML("<b>bold</b>")
            """, """
            try { Console.ReadLine(); } catch (InvalidOperationException error) { Console.Write(error.Message[..28]); }
            """);

        var (code, error) = await RunAsync("-c", Execute, _folder["n.ipynb"], "{}");

        Assert.True(code == 0, error);
        Assert.Equal(["text\n", "new", "bold", "The notebook requests input,"], Outputs());
    }

    [FactWithJupyter]
    public async Task Nbclient_stops_at_a_failing_cell_and_keeps_its_error()
    {
        Write("var x = 1;", "throw new InvalidOperationException(\"no\");", "\"not reached\"");

        var (code, error) = await RunAsync("-c", Execute, _folder["n.ipynb"], "{}");

        Assert.NotEqual(0, code);
        Assert.Contains("CellExecutionError", error, StringComparison.Ordinal);
        Assert.Equal(["InvalidOperationException: no"], Outputs());
    }

    [FactWithJupyter]
    public async Task Nbclient_goes_on_after_failures_that_are_allowed()
    {
        Write("throw new Exception(\"1\");", "\"reached\"");

        var (code, error) = await RunAsync("-c", Execute, _folder["n.ipynb"], "dict(allow_errors=True)");

        Assert.True(code == 0, error);
        Assert.Equal(["Exception: 1", "reached"], Outputs());
    }

    [FactWithJupyter]
    public async Task Sixteen_megabytes_of_output_arrive_whole()
    {
        Write(Enumerable.Repeat("HTML(\"<p>\" + new string('x', 2_000_000) + \"</p>\")", 8).ToArray());

        var (code, error) = await RunAsync("-c", Execute, _folder["n.ipynb"], "{}");

        Assert.True(code == 0, error);
        Assert.True(new FileInfo(_folder["n.ipynb"]).Length > 16_000_000);
    }

    [FactWithJupyter]
    public async Task Nbconvert_executes_a_notebook_into_a_page()
    {
        Write("HTML(\"<b>from the cell</b>\")");

        var (code, error) = await RunAsync("-m", "nbconvert", "--execute", "--to", "html", _folder["n.ipynb"]);

        Assert.True(code == 0, error);
        Assert.Contains("<b>from the cell</b>", File.ReadAllText(_folder["n.html"]), StringComparison.Ordinal);
    }

    private void Write(params string[] cells)
    {
        var notebook = NotebookDocument.Create(cells.Select(cell => NotebookCell.Code(cell)));
        notebook.Write(_folder["n.ipynb"]);
    }

    private async Task<(int Code, string Error)> RunAsync(params string[] arguments)
    {
        using (var install = Start("dotnet", KernelProcess.Program, "kernel", "install", "--prefix", _folder.Path))
            await install.WaitForExitAsync();
        using var process = Start(FactWithJupyterAttribute.Python, arguments);
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await error);
    }

    private Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = _folder.Path,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["JUPYTER_PATH"] = _folder["share/jupyter"] },
    })!;

    private IEnumerable<string> Outputs()
    {
        var notebook = JsonNode.Parse(File.ReadAllText(_folder["n.ipynb"]))!;
        foreach (var output in notebook["cells"]!.AsArray().SelectMany(cell => cell!["outputs"]!.AsArray()))
        {
            yield return (string)output!["output_type"]! switch
            {
                "stream" => Text(output["text"]!),
                "error" => $"{output["ename"]}: {output["evalue"]}",
                _ => Text(output["data"]!["text/plain"]!),
            };
        }
    }

    private static string Text(JsonNode stored) => stored is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string)stored!;
}
