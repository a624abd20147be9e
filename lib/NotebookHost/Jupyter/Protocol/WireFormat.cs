using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost.Jupyter.Protocol;

/// <summary>Messages as frames, signed with the key of the connection file. Frames that follow the content are ignored.</summary>
internal sealed class WireFormat(string key)
{
    private const int Parts = 4;

    private static readonly byte[] _delimiter = "<IDS|MSG>"u8.ToArray();

    // text of any script as it is: escaped, it would be twice as long
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>A message as the frames to send.</summary>
    public List<byte[]> Encode(JupyterMessage message)
    {
        JsonObject[] objects = [message.Header, message.ParentHeader, message.Metadata, message.Content];
        byte[][] parts = [.. objects.Select(part => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(part, _plain))];
        return [.. message.Identities, _delimiter, Sign(parts), .. parts];
    }

    /// <summary>Reads the frames that came.</summary>
    /// <exception cref="InvalidDataException">They are no message, or none that the holder of the key signed.</exception>
    public JupyterMessage Decode(IReadOnlyList<byte[]> frames)
    {
        var delimiter = frames.TakeWhile(frame => !frame.AsSpan().SequenceEqual(_delimiter)).Count();
        if (frames.Count < delimiter + 2 + Parts)
            throw new InvalidDataException($"{frames.Count} frames are no message of the Jupyter protocol");
        byte[][] parts = [.. frames.Skip(delimiter + 2).Take(Parts)];
        if (!CryptographicOperations.FixedTimeEquals(frames[delimiter + 1], Sign(parts)))
            throw new InvalidDataException("the signature does not fit the key");
        var objects = parts.Select(Parse).ToArray();
        return new JupyterMessage([.. frames.Take(delimiter)], objects[0], objects[1], objects[2], objects[3]);
    }

    // Without a key there is no signature: the protocol then trusts every process that reaches the sockets
    private byte[] Sign(byte[][] parts)
    {
        if (_key.Length == 0)
            return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in parts)
            hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static JsonObject Parse(byte[] part)
    {
        try
        {
            var json = JsonNode.Parse(part) as JsonObject ?? throw new InvalidDataException("a part of it is not a JSON object");
            // fields are read at the first look, which must not be that of two threads at once; and twice the same is found here
            _ = json.Count;
            return json;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"a part of it is no JSON: {error.Message}", error);
        }
    }
}
