using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookHost.Jupyter.Protocol;

/// <summary>Converts messages to frames and back, signed with the key of the connection file. Frames after the content are ignored.</summary>
internal sealed class WireFormat(string key)
{
    private const int Parts = 4;

    private static readonly byte[] _delimiter = "<IDS|MSG>"u8.ToArray();

    // non-ASCII text is not escaped, because escaped text would be twice as long
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>Returns the frames of a message.</summary>
    public List<byte[]> Encode(JupyterMessage message)
    {
        JsonObject[] objects = [message.Header, message.ParentHeader, message.Metadata, message.Content];
        byte[][] parts = [.. objects.Select(part => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(part, _plain))];
        return [.. message.Identities, _delimiter, Sign(parts), .. parts];
    }

    /// <summary>Reads a message from received frames.</summary>
    /// <exception cref="InvalidDataException">The frames are not a message or the signature is not valid.</exception>
    public JupyterMessage Decode(IReadOnlyList<byte[]> frames)
    {
        var delimiter = frames.TakeWhile(frame => !frame.AsSpan().SequenceEqual(_delimiter)).Count();
        if (frames.Count < delimiter + 2 + Parts)
            throw new InvalidDataException($"{frames.Count} frames are not a message of the Jupyter protocol");
        byte[][] parts = [.. frames.Skip(delimiter + 2).Take(Parts)];
        if (!CryptographicOperations.FixedTimeEquals(frames[delimiter + 1], Sign(parts)))
            throw new InvalidDataException("the signature is not valid");
        var objects = parts.Select(Parse).ToArray();
        return new JupyterMessage([.. frames.Take(delimiter)], objects[0], objects[1], objects[2], objects[3]);
    }

    // without a key, messages have no signature: the protocol then trusts every process that can connect to the sockets
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
            // JsonObject reads its fields at the first access, which must not occur on two threads at the same time; this access also detects duplicate fields
            _ = json.Count;
            return json;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"a part of it is not valid JSON: {error.Message}", error);
        }
    }
}
