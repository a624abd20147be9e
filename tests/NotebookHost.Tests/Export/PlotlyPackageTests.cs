using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using NotebookHost.Export.Html;

namespace NotebookHost.Tests.Export;

public sealed class PlotlyPackageTests : IDisposable
{
    private static readonly Uri _registry = new("http://registry.example/");

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_network_there_is_no_script_and_one_line_says_what_that_means()
    {
        var package = Package(_ => throw new HttpRequestException("no route"));

        Assert.Null(package.Script);
        Assert.Null(package.Script);
        Assert.Equal(2, _said.Count);
        Assert.Equal("plotly.js cannot be downloaded (no route): charts are shown as static images.", _said[1]);
    }

    [Fact]
    public void A_script_with_another_checksum_is_refused_and_not_kept()
    {
        var package = Package(_ => new HttpResponseMessage { Content = new ByteArrayContent(Archive("package/plotly.min.js", "alert(1)")) });

        Assert.Null(package.Script);
        Assert.Contains("another checksum", _said[1], StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public void A_package_without_the_script_and_one_that_is_none_are_refused()
    {
        Assert.Null(Package(_ => new HttpResponseMessage { Content = new ByteArrayContent(Archive("package/README.md", "")) }).Script);
        Assert.Contains("does not contain package/plotly.min.js", _said[1], StringComparison.Ordinal);
        Assert.Null(Package(_ => new HttpResponseMessage { Content = new StringContent("<html>sign in</html>") }).Script);
        Assert.Null(Package(_ => new HttpResponseMessage(HttpStatusCode.NotFound)).Script);
    }

    [Fact]
    public void The_package_is_asked_for_by_its_version_only_when_it_is_wanted()
    {
        Uri? asked = null;
        var package = Package(request =>
        {
            asked = request.RequestUri;
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        });
        Assert.Null(asked);

        _ = package.File;

        Assert.Matches("^http://registry.example/plotly.js-dist-min/-/plotly.js-dist-min-[0-9.]+\\.tgz$", asked!.ToString());
    }

    private PlotlyPackage Package(Func<HttpRequestMessage, HttpResponseMessage> answer) => new(_folder.Path, _registry, _said.Add, new Registry(answer));

    private static byte[] Archive(string name, string content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) });
        return packed.ToArray();
    }

    private sealed class Registry(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
