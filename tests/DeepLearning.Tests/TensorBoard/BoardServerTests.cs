using System.Net;
using BoardHost;
using DeepLearning.TensorBoard;
using TorchSharp.TensorBoard;

namespace DeepLearning.Tests.TensorBoard;

public sealed class BoardServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BoardServer _server;
    private readonly Task _serving;
    private readonly Uri _data;

    public BoardServerTests()
    {
        Write("a");
        _server = BoardServer.Start(Board.Read(_folder.Path), Enumerable.Range(20_000 + Environment.ProcessId % 10_000, 100));
        _serving = _server.ServeAsync(_stop.Token);
        _data = new Uri(_server.Address, "/data.json");
    }

    public void Dispose()
    {
        _stop.Cancel();
        _serving.Wait();
        _server.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_board_requires_the_token()
    {
        using var client = new HttpClient();

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(_data)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri(_server.Address, "/?token=guess"))).StatusCode);
        Assert.Contains("<title>Board of", await client.GetStringAsync(_server.Address));
        Assert.Contains("\"loss\"", await client.GetStringAsync(_data));
    }

    [Fact]
    public async Task New_events_are_in_the_next_response_and_unchanged_content_is_not_sent_again()
    {
        using var client = new HttpClient();
        await client.GetStringAsync(_server.Address);
        using var first = await client.GetAsync(_data);

        using var unchanged = await Ask(client, first.Headers.ETag!.ToString());
        Write("b");
        using var changed = await Ask(client, first.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Contains("\"b\"", await changed.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_request_with_another_host_name_is_rejected()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, _server.Address);
        request.Headers.Host = "evil.example";

        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(request)).StatusCode);
    }

    private async Task<HttpResponseMessage> Ask(HttpClient client, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _data);
        request.Headers.TryAddWithoutValidation("If-None-Match", version);
        return await client.SendAsync(request);
    }

    private void Write(string run)
    {
        using var writer = new SummaryWriter(_folder[run]);
        writer.add_scalar("loss", 1, 1);
    }
}
