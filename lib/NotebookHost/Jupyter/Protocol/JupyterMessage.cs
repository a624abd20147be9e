using System.Globalization;
using System.Text.Json.Nodes;

namespace NotebookHost.Jupyter.Protocol;

/// <summary>A message of the Jupyter protocol.</summary>
/// <param name="Identities">The frames before the delimiter: whom it comes from or goes to, or what it is about.</param>
/// <param name="Header">Its number, kind, sender and time.</param>
/// <param name="ParentHeader">The header of the request that led to it; empty when none did.</param>
/// <param name="Metadata">Notes beside the content.</param>
/// <param name="Content">What it says.</param>
internal sealed record JupyterMessage(
    IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject ParentHeader, JsonObject Metadata, JsonObject Content)
{
    /// <summary>The version of the protocol that this kernel speaks.</summary>
    public const string ProtocolVersion = "5.3";

    /// <summary>What kind of message it is; "" when it does not say.</summary>
    public string Type => Header.Text("msg_type") ?? "";

    /// <summary>Makes a message with a number of its own: two messages are never the same, which receivers check.</summary>
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
