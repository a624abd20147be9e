using System.Globalization;
using System.Text.Json.Nodes;

namespace NotebookHost.Jupyter.Protocol;

/// <summary>A message of the Jupyter protocol.</summary>
/// <param name="Identities">The frames before the delimiter: the sender, the receiver or the topic.</param>
/// <param name="Header">The id, type, sender and time.</param>
/// <param name="ParentHeader">The header of the request that caused the message; empty for none.</param>
/// <param name="Metadata">The metadata.</param>
/// <param name="Content">The content.</param>
internal sealed record JupyterMessage(
    IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject ParentHeader, JsonObject Metadata, JsonObject Content)
{
    /// <summary>The version of the protocol.</summary>
    public const string ProtocolVersion = "5.3";

    /// <summary>Gets the type of the message; "" for none.</summary>
    public string Type => Header.Text("msg_type") ?? "";

    /// <summary>Creates a message with a unique id, which receivers require.</summary>
    public static JupyterMessage Create(
        string type, JsonObject content, string session, JupyterMessage? parent, IReadOnlyList<byte[]>? identities = null) => new(
            identities ?? [],
            new JsonObject
            {
                ["msg_id"] = Guid.NewGuid().ToString("N"),
                ["msg_type"] = type,
                ["session"] = session,
                ["username"] = "kernel",
                ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
                ["version"] = ProtocolVersion,
            },
            parent?.Header ?? [],
            [],
            content);
}
