using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NotebookHost.Tests.Export.Site;

/// <summary>A page in Chromium, driven over its debugging protocol as a reader would: by keys and clicks.</summary>
internal sealed partial class BrowserPage : IAsyncDisposable
{
    private readonly Process _browser;
    private readonly ClientWebSocket _socket = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonNode>> _asked = [];
    private readonly SemaphoreSlim _sending = new(1);
    private TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _receiving = Task.CompletedTask;
    private Task _saying = Task.CompletedTask;
    private int _last;

    private BrowserPage(Process browser) => _browser = browser;

    /// <summary>Errors on the console and uncaught exceptions.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Every address that was asked for.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<BrowserPage> StartAsync(string profile)
    {
        var browser = Process.Start(new ProcessStartInfo(
            FactWithChromiumAttribute.Path!,
            ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"])
        {
            RedirectStandardError = true,
        })!;
        var page = new BrowserPage(browser);
        var port = "";
        while (port.Length == 0)
        {
            var line = await browser.StandardError.ReadLineAsync() ?? throw new InvalidOperationException("Chromium ended before it listened.");
            port = ListeningPattern().Match(line).Groups["port"].Value;
        }
        // an unread pipe would stop it
        page._saying = browser.StandardError.ReadToEndAsync();
        using var http = new HttpClient();
        var targets = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list")))!.AsArray();
        var target = targets.Single(entry => (string?)entry!["type"] == "page")!;
        await page._socket.ConnectAsync(new Uri((string)target["webSocketDebuggerUrl"]!), CancellationToken.None);
        page._receiving = page.ReceiveAsync();
        foreach (var domain in (string[])["Page", "Runtime", "Network", "Log"])
            await page.AskAsync($"{domain}.enable");
        return page;
    }

    public async Task GoAsync(string address)
    {
        _loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await AskAsync("Page.navigate", new JsonObject { ["url"] = address });
        await WhileOpenAsync(_loaded.Task);
    }

    /// <summary>The value of an expression, or of the promise that it is.</summary>
    public async Task<T> ValueAsync<T>(string expression)
    {
        var answer = await AskAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } problem
            ? throw new InvalidOperationException($"{expression}: {problem.ToJsonString()}")
            : answer["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>Waits until an expression is true, also across pages.</summary>
    public async Task UntilAsync(string expression)
    {
        while (!await IsTrueAsync($"document.readyState === 'complete' && Boolean({expression})"))
        {
            if (_receiving.IsCompleted)
                throw new IOException($"Chromium ended before this came true: {expression}");
            await Task.Delay(20);
        }
    }

    private async Task<bool> IsTrueAsync(string expression)
    {
        try
        {
            return await ValueAsync<bool>(expression);
        }
        catch (InvalidOperationException)
        {
            // asked between two pages
            return false;
        }
    }

    public Task ResizeAsync(int width, int height)
        => AskAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });

    public Task PreferAsync(string scheme) => AskAsync("Emulation.setEmulatedMedia", new JsonObject
    {
        ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
    });

    public Task AllowScriptsAsync(bool allowed) => AskAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = !allowed });

    public async Task AllowClipboardAsync()
    {
        await AskAsync("Browser.grantPermissions", new JsonObject { ["permissions"] = new JsonArray("clipboardReadWrite", "clipboardSanitizedWrite") });
        // only a page that has the focus may use the clipboard, and a window without a screen does not always get it
        await AskAsync("Emulation.setFocusEmulationEnabled", new JsonObject { ["enabled"] = true });
    }

    public async Task PressAsync(string key)
    {
        var text = key.Length == 1 ? key : key == "Enter" ? "\r" : null;
        var down = new JsonObject { ["type"] = "keyDown", ["key"] = key, ["windowsVirtualKeyCode"] = key == "Enter" ? 13 : 0 };
        if (text is not null)
            down["text"] = text;
        await AskAsync("Input.dispatchKeyEvent", down);
        await AskAsync("Input.dispatchKeyEvent", new JsonObject { ["type"] = "keyUp", ["key"] = key });
    }

    public Task TypeAsync(string text) => AskAsync("Input.insertText", new JsonObject { ["text"] = text });

    public async Task ClickAsync(string selector)
    {
        // Chromium drops what is done to a page before its first frame
        await ValueAsync<bool>("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
        var place = await ValueAsync<double[]>($$"""
            (() => {
              const box = document.querySelector('{{selector}}').getBoundingClientRect();
              return [box.x + box.width / 2, box.y + box.height / 2];
            })()
            """);
        foreach (var type in (string[])["mouseMoved", "mousePressed", "mouseReleased"])
        {
            await AskAsync("Input.dispatchMouseEvent", new JsonObject
            {
                ["type"] = type,
                ["x"] = place[0],
                ["y"] = place[1],
                ["button"] = type == "mouseMoved" ? "none" : "left",
                ["clickCount"] = 1,
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_socket.State == WebSocketState.Open)
                await AskAsync("Browser.close");
        }
        catch (Exception error) when (error is IOException or WebSocketException)
        {
            // the browser may close the connection before its answer arrives
        }
        await _browser.WaitForExitAsync();
        await Task.WhenAll(_receiving, _saying);
        _socket.Dispose();
        _sending.Dispose();
        _browser.Dispose();
    }

    private async Task<JsonNode> AskAsync(string method, JsonObject? parameters = null)
    {
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _sending.WaitAsync();
        try
        {
            var id = ++_last;
            lock (_asked)
                _asked[id] = answer;
            var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
        return await WhileOpenAsync(answer.Task);
    }

    /// <summary>Waits for a task, as long as the browser answers.</summary>
    private async Task WhileOpenAsync(Task task)
    {
        if (await Task.WhenAny(task, _receiving) != task)
            throw new IOException("Chromium ended.");
        await task;
    }

    private async Task<T> WhileOpenAsync<T>(Task<T> task)
    {
        await WhileOpenAsync((Task)task);
        return await task;
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                var part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                if (message.Length > 0)
                    Take(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (WebSocketException)
        {
            // the browser is gone
        }
    }

    private void Take(JsonNode message)
    {
        var details = message["params"];
        switch ((string?)message["method"])
        {
            case null:
                TaskCompletionSource<JsonNode>? asked;
                lock (_asked)
                    _asked.Remove((int)message["id"]!, out asked);
                if (message["error"] is { } error)
                    asked?.SetException(new InvalidOperationException(error.ToJsonString()));
                else
                    asked?.SetResult(message["result"]!);
                break;
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent":
                Requests.Add((string)details!["request"]!["url"]!);
                break;
            case "Runtime.exceptionThrown":
                Problems.Add(details!.ToJsonString());
                break;
            case "Log.entryAdded" when (string?)details!["entry"]!["level"] == "error":
            case "Runtime.consoleAPICalled" when (string?)details!["type"] == "error":
                Problems.Add(details!.ToJsonString());
                break;
        }
    }

    [GeneratedRegex(@"listening on ws://127\.0\.0\.1:(?<port>\d+)/")]
    private static partial Regex ListeningPattern();
}
