using System.Net;
using System.Security.Cryptography;
using DeepLearning.Data;

namespace DeepLearning.Tests.Data;

public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] _content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 31))];
#pragma warning disable CA5351 // the checksum that data sets publish
    private static readonly string _md5 = Convert.ToHexStringLower(MD5.HashData(_content));
#pragma warning restore CA5351
    private static readonly Uri[] _mirrors = [new("http://first.example/"), new("http://second.example/")];

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];
    private IReadOnlyList<string> _failures = [];

    public void Dispose() => _folder.Dispose();

    private string Target => _folder["file.gz"];

    [Fact]
    public void A_file_is_fetched_and_nothing_else_is_left()
    {
        Assert.True(Fetch(_ => Answer(_content)));
        Assert.Equal(_content, File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
        Assert.Equal(["Downloading file.gz (0.1 MB)"], _said);
    }

    [Fact]
    public void If_a_mirror_fails_the_next_is_tried()
    {
        Assert.True(Fetch(request =>
            request.RequestUri!.Host == "first.example" ? new HttpResponseMessage(HttpStatusCode.NotFound) : Answer(_content)));
        Assert.Equal(["first.example: the server returned status 404"], _failures);
        Assert.Equal(_content, File.ReadAllBytes(Target));
    }

    [Fact]
    public void Without_a_connection_no_file_is_left_and_the_reasons_are_reported()
    {
        Assert.False(Fetch(_ => throw new HttpRequestException("name not known")));
        Assert.Equal(["first.example: no connection", "second.example: no connection"], _failures);
        Assert.Empty(_said);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void An_interrupted_download_is_resumed()
    {
        List<long?> asked = [];
        Assert.True(Fetch(request =>
        {
            asked.Add(request.Headers.Range?.Ranges.Single().From);
            return asked.Count == 1
                ? Answer(_content, breakAfter: 40_000)
                : Answer(_content[40_000..], HttpStatusCode.PartialContent);
        }));
        Assert.Equal([null, 40_000], asked);
        Assert.Equal(_content, File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_server_without_ranges_sends_the_whole_file()
    {
        File.WriteAllBytes(Target + ".part", new byte[500]);
        Assert.True(Fetch(_ => Answer(_content)));
        Assert.Equal(_content, File.ReadAllBytes(Target));
    }

    [Fact]
    public void A_file_with_a_wrong_checksum_is_deleted()
    {
        Assert.False(Fetch(_ => Answer(new byte[100])));
        Assert.Empty(Directory.GetFiles(_folder.Path));
        Assert.Contains("first.example: the checksum of the file is wrong", _failures);
    }

    [Fact]
    public void A_canceled_download_keeps_its_bytes()
    {
        using var cancellation = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Fetch(
            _ =>
            {
                cancellation.Cancel();
                return Answer(_content);
            },
            cancellation.Token));
        Assert.False(File.Exists(Target));
    }

    private bool Fetch(Func<HttpRequestMessage, HttpResponseMessage> answer, CancellationToken cancellation = default)
    {
        using var download = new Download(_said.Add, new Server(answer));
        var fetched = download.Fetch(_mirrors, "file.gz", Target, _md5, cancellation);
        _failures = download.Failures;
        return fetched;
    }

    private static HttpResponseMessage Answer(byte[] content, HttpStatusCode status = HttpStatusCode.OK, int? breakAfter = null) =>
        new(status)
        {
            Content = new StreamContent(new BreakingStream(content, breakAfter ?? int.MaxValue)) { Headers = { ContentLength = content.Length } },
        };

    private sealed class Server(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer(request));
    }

    private sealed class BreakingStream(byte[] content, int breakAfter) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Position >= breakAfter)
                throw new IOException("the connection was reset.");
            return base.Read(buffer, offset, (int)Math.Min(count, breakAfter - Position));
        }
    }
}
