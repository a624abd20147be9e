using System.Net;
using System.Security.Cryptography;
using System.Text;
using DeepLearning.TensorBoard;

namespace BoardHost;

/// <summary>
/// Serves a board on this machine only, to clients with its token: first in the address, then in a cookie. The page requests the board repeatedly;
/// each request reads new events.
/// </summary>
internal sealed class BoardServer : IDisposable
{
    private const string Cookie = "board-token";

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(3);

    private readonly Board _board;
    private readonly HttpListener _listener;
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
    private readonly int _port;
    private byte[] _json = [];
    private int _version;

    private BoardServer(Board board, HttpListener listener, int port) => (_board, _listener, _port) = (board, listener, port);

    /// <summary>Gets the address of the page, with its token.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/?token={_token}");

    // a new server starts with new versions, which its token distinguishes from those of the last server
    private string Version => $"\"{_token[..8]}-{_version}\"";

    /// <summary>Listens on the first free port.</summary>
    /// <exception cref="HttpListenerException">No port is free.</exception>
    public static BoardServer Start(Board board, IEnumerable<int> ports)
    {
        HttpListenerException? taken = null;
        foreach (var port in ports)
        {
            var listener = new HttpListener { IgnoreWriteExceptions = true };
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return new BoardServer(board, listener, port);
            }
            catch (HttpListenerException error)
            {
                listener.Close();
                taken = error;
            }
        }
        throw taken ?? new HttpListenerException();
    }

    /// <summary>Serves requests until it is canceled.</summary>
    public async Task ServeAsync(CancellationToken cancellation)
    {
        using var stop = cancellation.Register(_listener.Stop);
        while (!cancellation.IsCancellationRequested)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (cancellation.IsCancellationRequested && error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            Answer(context);
        }
    }

    public void Dispose() => _listener.Close();

    private void Answer(HttpListenerContext context)
    {
        using var response = context.Response;
        response.Headers["Cache-Control"] = "no-store";
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        var path = context.Request.Url?.AbsolutePath;
        if (context.Request.HttpMethod != "GET" || path is not ("/" or "/data.json"))
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
        }
        else if (path == "/" && IsToken(context.Request.QueryString["token"]))
        {
            response.Headers["Set-Cookie"] = $"{Cookie}-{_port}={_token}; Path=/; HttpOnly; SameSite=Strict";
            response.Redirect("/");
        }
        else if (!IsToken(context.Request.Cookies[$"{Cookie}-{_port}"]?.Value))
        {
            response.StatusCode = (int)HttpStatusCode.Forbidden;
            Write(response, "text/plain; charset=utf-8", "Open the address that nb board printed: it contains the token of this board."u8);
        }
        else if (path == "/")
        {
            Write(response, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(BoardHtml.Page($"Board of {_board.Folder}", "data.json", _pause)));
        }
        else
        {
            AnswerData(context.Request, response);
        }
    }

    private void AnswerData(HttpListenerRequest request, HttpListenerResponse response)
    {
        try
        {
            if (_board.Refresh() || _json.Length == 0)
            {
                _json = Encoding.UTF8.GetBytes(_board.ToJson());
                _version++;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // if the folder was moved or deleted, the previous content is still valid
            Console.Error.WriteLine($"The runs cannot be read: {error.Message}");
        }
        response.Headers["ETag"] = Version;
        if (request.Headers["If-None-Match"] == Version)
            response.StatusCode = (int)HttpStatusCode.NotModified;
        else
            Write(response, "application/json", _json);
    }

    private bool IsToken(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(_token));

    private static void Write(HttpListenerResponse response, string type, ReadOnlySpan<byte> content)
    {
        response.ContentType = type;
        response.ContentLength64 = content.Length;
        response.OutputStream.Write(content);
    }
}
