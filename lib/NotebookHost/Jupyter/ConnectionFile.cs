using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Jupyter;

/// <summary>The addresses that the kernel listens on, and the key that signs messages, as specified by a front end.</summary>
internal sealed record ConnectionFile
{
    /// <summary>Gets the address for requests to run code and about code.</summary>
    public required string Shell { get; init; }

    /// <summary>Gets the address for status and outputs, for all front ends.</summary>
    public required string IoPub { get; init; }

    /// <summary>Gets the address for input requests to the user.</summary>
    public required string StdIn { get; init; }

    /// <summary>Gets the address for requests that must not wait for a running cell.</summary>
    public required string Control { get; init; }

    /// <summary>Gets the address for heartbeat messages.</summary>
    public required string HeartBeat { get; init; }

    /// <summary>Gets the shared secret.</summary>
    public required string Key { get; init; }

    /// <summary>Reads the file of the front end.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or it requests access from another machine, which this kernel rejects.</exception>
    public static ConnectionFile Load(string path)
    {
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(path)) as JsonObject
                ?? throw new InvalidDataException($"{path} is not a JSON object.");
            return Read(json, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The connection file cannot be read: {error.Message}", error);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is not a connection file: {error.Message}", error);
        }
    }

    private static ConnectionFile Read(JsonObject json, string path)
    {
        if (json.Text("signature_scheme") is { Length: > 0 } scheme and not "hmac-sha256")
            throw new InvalidDataException($"{path} requires the signature scheme {scheme}; this kernel supports hmac-sha256.");
        var ip = json.Text("ip") ?? "127.0.0.1";
        var transport = json.Text("transport") ?? "tcp";
        Func<int, string> endpoint = transport switch
        {
            "tcp" when ip == "localhost" => port => $"tcp://127.0.0.1:{port}",
            "tcp" when IPAddress.TryParse(ip, out var address) && IPAddress.IsLoopback(address)
                => port => $"tcp://{new IPEndPoint(address, port)}",
            "tcp" => throw new InvalidDataException($"{path} requires the kernel to listen on {ip}. This kernel listens only on this machine (127.0.0.1), "
                + "because anyone who can connect to a kernel can run programs."),
            _ => throw new InvalidDataException($"{path} requires the transport '{transport}'; this kernel supports tcp."),
        };
        string At(string channel) => endpoint(json.Number(channel + "_port")
            ?? throw new InvalidDataException($"{path} has no {channel}_port."));
        return new ConnectionFile
        {
            Shell = At("shell"),
            IoPub = At("iopub"),
            StdIn = At("stdin"),
            Control = At("control"),
            HeartBeat = At("hb"),
            Key = json.Text("key") ?? "",
        };
    }
}
