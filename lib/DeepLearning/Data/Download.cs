using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace DeepLearning.Data;

/// <summary>Downloads files from mirrors, reports progress, resumes earlier downloads and verifies checksums.</summary>
internal sealed class Download : IDisposable
{
    private static readonly TimeSpan _betweenReports = TimeSpan.FromSeconds(2);

    private readonly Action<string> _report;
    private readonly HttpClient _client;
    private readonly List<string> _failures = [];

    public Download(Action<string> report, HttpMessageHandler? handler = null)
    {
        _report = report;
        _client = new HttpClient(handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) });
    }

    /// <summary>Gets the reason for the failure of each mirror.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Downloads a file to <paramref name="target"/>, which is created only when the download is complete.</summary>
    /// <returns>true if the download succeeded; false if all mirrors failed, see <see cref="Failures"/>.</returns>
    public bool Fetch(IReadOnlyList<Uri> mirrors, string name, string target, string md5, CancellationToken cancellation)
    {
        foreach (var mirror in mirrors)
        {
            try
            {
                FetchFrom(new Uri(mirror, name), target, md5, cancellation);
                return true;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                _failures.Add($"{mirror.Host}: {Why(error)}");
            }
        }
        return false;
    }

    public void Dispose() => _client.Dispose();

    private void FetchFrom(Uri source, string target, string md5, CancellationToken cancellation)
    {
        var part = target + ".part";
        using (var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, source);
            if (file.Length > 0)
                request.Headers.Range = new RangeHeaderValue(file.Length, null);
            using var response = _client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
                file.SetLength(0);
            response.EnsureSuccessStatusCode();
            // a server that ignores the range sends the whole file
            var start = response.StatusCode == HttpStatusCode.PartialContent ? file.Length : 0;
            file.SetLength(start);
            file.Position = start;
            using var body = response.Content.ReadAsStream(cancellation);
            Copy(body, file, start + response.Content.Headers.ContentLength, Path.GetFileName(target), cancellation);
        }
        if (Md5Of(part) != md5)
        {
            File.Delete(part);
            throw new IOException("the checksum of the file is wrong");
        }
        File.Move(part, target, overwrite: true);
    }

    private void Copy(Stream body, FileStream file, long? total, string name, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        var sinceReport = Stopwatch.StartNew();
        _report($"Downloading {name}{Megabytes(total)}");
        for (int read; (read = body.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            file.Write(buffer, 0, read);
            if (sinceReport.Elapsed < _betweenReports || total is null)
                continue;
            _report($"  {100 * file.Position / total}% of {name}");
            sinceReport.Restart();
        }
    }

    private static string Md5Of(string path)
    {
        using var file = File.OpenRead(path);
#pragma warning disable CA5351 // the authors of the data set publish MD5 checksums
        return Convert.ToHexStringLower(MD5.HashData(file));
#pragma warning restore CA5351
    }

    private static string Why(Exception error) => error switch
    {
        HttpRequestException { StatusCode: { } status } => $"the server returned status {(int)status}",
        HttpRequestException or TaskCanceledException => "no connection",
        _ => error.Message,
    };

    private static string Megabytes(long? bytes) => bytes is { } known ? FormattableString.Invariant($" ({known / 1e6:F1} MB)") : "";
}
