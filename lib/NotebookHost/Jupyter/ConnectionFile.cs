using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Jupyter;

/// <summary>The addresses at which a front end asks the kernel to listen, and the key that signs their messages.</summary>
internal sealed record ConnectionFile
{
    /// <summary>Requests to run code and about code.</summary>
    public required string Shell { get; init; }

    /// <summary>Status and outputs, for every front end.</summary>
    public required string IoPub { get; init; }

    /// <summary>Questions to the user.</summary>
    public required string StdIn { get; init; }

    /// <summary>Requests that must not wait behind a running cell.</summary>
    public required string Control { get; init; }

    /// <summary>Where the front end asks whether the kernel lives.</summary>
    public required string HeartBeat { get; init; }

    /// <summary>The secret that both sides share.</summary>
    public required string Key { get; init; }

    /// <summary>Reads the file that the front end wrote.</summary>
    /// <exception cref="InvalidDataException">It cannot be read, or asks for what this kernel refuses: another machine's access.</exception>
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
            throw new InvalidDataException($"{path} asks for signatures by {scheme}; this kernel signs by hmac-sha256.");
        var ip = json.Text("ip") ?? "127.0.0.1";
        var transport = json.Text("transport") ?? "tcp";
        Func<int, string> endpoint = transport switch
        {
            "tcp" when ip == "localhost" => port => $"tcp://127.0.0.1:{port}",
            "tcp" when IPAddress.TryParse(ip, out var address) && IPAddress.IsLoopback(address)
                => port => $"tcp://{new IPEndPoint(address, port)}",
            "tcp" => throw new InvalidDataException($"{path} asks to listen at {ip}. This kernel listens on this machine only (127.0.0.1): "
                + "anyone who reaches a kernel can run programs."),
            _ => throw new InvalidDataException($"{path} asks for the transport '{transport}'; this kernel knows tcp."),
        };
        string At(string channel) => endpoint(json.Number(channel + "_port")
            ?? throw new InvalidDataException($"{path} names no {channel}_port."));
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
