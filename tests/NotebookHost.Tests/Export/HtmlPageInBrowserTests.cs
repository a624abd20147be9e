using System.Text.Json.Nodes;
using NotebookHost.Export.Html;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Export;

public sealed class HtmlPageInBrowserTests : IDisposable
{
    private const string Marker = "<script>document.body.setAttribute('data-ran', 'yes')</script>";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithChromium]
    public async Task Scripts_of_outputs_run_unless_the_page_forbids_them()
    {
        var document = NotebookDocument.Create(Shown("text/html", $"<b>shown</b>{Marker}<img src=x onerror=\"document.body.setAttribute('data-ran', 'yes')\">"));

        Assert.Contains("data-ran=\"yes\"", await Render(HtmlPage.Write(document)), StringComparison.Ordinal);
        var safe = await Render(HtmlPage.Write(document, new HtmlPageOptions { ForbidScripts = true }));

        Assert.DoesNotContain("data-ran=\"yes\"", safe, StringComparison.Ordinal);
        Assert.Contains("<b>shown</b>", safe, StringComparison.Ordinal);
    }

    [FactWithChromium]
    public async Task A_figure_is_handed_to_plotly()
    {
        var document = NotebookDocument.Create(Shown("application/vnd.plotly.v1+json", """{"data": [{"y": [1, 2]}], "layout": {"title": "</script>"}}"""));
        const string Plotly = "var Plotly = { newPlot: (target, data, layout) => target.append(data[0].y.join('+'), layout.title) };";

        var page = await Render(HtmlPage.Write(document, new HtmlPageOptions { PlotlyScript = () => Plotly }));

        Assert.Matches("id=\"figure-1\"><div[^>]*>1\\+2&lt;/script&gt;</div>", page);
    }

    private async Task<string> Render(string page)
    {
        var (code, output, error) = await NbProcess.RunProgramAsync(
            _folder.Path, FactWithChromiumAttribute.Path!,
            "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={_folder["profile"]}", "--dump-dom", $"file://{_folder.Write("page.html", page)}");
        Assert.True(code == 0, error);
        return output;
    }

    private static NotebookCell Shown(string mimeType, string content)
    {
        var cell = NotebookCell.Code("x");
        cell.Outputs.Add((JsonNode)new JsonObject
        {
            ["output_type"] = "display_data",
            ["data"] = new JsonObject { [mimeType] = mimeType.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(content) : content },
            ["metadata"] = new JsonObject(),
        });
        return cell;
    }
}
