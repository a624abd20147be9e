using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using NotebookHost.Notebooks;

namespace NotebookHost.Export.Html;

/// <summary>Downloads plotly.js from npm once, verifies it and caches it. It draws outputs of the MIME type application/vnd.plotly.v1+json.</summary>
internal sealed class PlotlyPackage
{
    private const string Version = "4.1.2";
    private const string Entry = "package/plotly.min.js";
    private const string Sha256 = "2f645d1bade8182fce161b7f10f89402f8b315805250ff4a94672a28d23c390a";
    private const string Npm = "https://registry.npmjs.org/";

    private readonly Lazy<string?> _file;

    /// <param name="folder">The cache folder.</param>
    /// <param name="registry">The npm registry.</param>
    /// <param name="report">A function that receives a line about the download or its failure.</param>
    /// <param name="handler">The HTTP handler; by default, one that uses the network.</param>
    public PlotlyPackage(string folder, Uri registry, Action<string> report, HttpMessageHandler? handler = null) =>
        _file = new Lazy<string?>(() => Find(Path.Combine(folder, $"plotly-{Version}.min.js"), registry, report, handler));

    /// <summary>Returns the file of the script; null if it is not available. The first call downloads it.</summary>
    public string? File => _file.Value;

    /// <summary>Returns the script; null if it is not available.</summary>
    public string? Script => File is { } file ? System.IO.File.ReadAllText(file) : null;

    /// <summary>Returns the object for the user's cache folder and the registry in npm's environment variable.</summary>
    public static PlotlyPackage OfUser(Action<string> report)
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var registry = Environment.GetEnvironmentVariable("npm_config_registry") is { Length: > 0 } other ? other : Npm;
        return new PlotlyPackage(Path.Combine(cache, "torch-notebooks"), new Uri(registry.TrimEnd('/') + "/"), report);
    }

    private static string? Find(string file, Uri registry, Action<string> report, HttpMessageHandler? handler)
    {
        try
        {
            if (System.IO.File.Exists(file) && IsWhole(System.IO.File.ReadAllBytes(file)))
                return file;
            report("Downloading plotly.js for the charts (1.7 MB, only once)");
            var script = Fetch(new Uri(registry, $"plotly.js-dist-min/-/plotly.js-dist-min-{Version}.tgz"), handler);
            AtomicFile.WriteAllText(file, script);
            return file;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or InvalidDataException or IOException
            or UnauthorizedAccessException)
        {
            report($"plotly.js cannot be downloaded ({error.Message.TrimEnd('.')}): charts are shown as static images.");
            return null;
        }
    }

    private static string Fetch(Uri address, HttpMessageHandler? handler)
    {
        using var client = new HttpClient(handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) });
        client.Timeout = TimeSpan.FromMinutes(2);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = client.Send(request);
        response.EnsureSuccessStatusCode();
        using var unpacked = new GZipStream(response.Content.ReadAsStream(), CompressionMode.Decompress);
        using var package = new TarReader(unpacked);
        while (package.GetNextEntry() is { } entry)
        {
            if (entry.Name != Entry)
                continue;
            using var script = new MemoryStream();
            entry.DataStream?.CopyTo(script);
            return IsWhole(script.ToArray())
                ? Encoding.UTF8.GetString(script.ToArray())
                : throw new InvalidDataException($"the file from {address.Host} has another checksum");
        }
        throw new InvalidDataException($"the file from {address.Host} does not contain {Entry}");
    }

    private static bool IsWhole(byte[] script) => Convert.ToHexStringLower(SHA256.HashData(script)) == Sha256;
}
