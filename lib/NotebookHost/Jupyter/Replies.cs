using System.Text.Json.Nodes;
using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Jupyter;

/// <summary>The replies that more than one channel gives.</summary>
internal static class Replies
{
    private static readonly string _version = typeof(Replies).Assembly.GetName().Version!.ToString(3);

    /// <summary>A content that says that all went well.</summary>
    public static JsonObject Ok() => new() { ["status"] = "ok" };

    /// <summary>Who this kernel is and what language it speaks.</summary>
    public static (string Type, JsonObject Content) KernelInfo() => ("kernel_info_reply", new JsonObject
    {
        ["status"] = "ok",
        ["protocol_version"] = JupyterMessage.ProtocolVersion,
        ["implementation"] = "nb",
        ["implementation_version"] = _version,
        ["banner"] = $"C# notebooks, nb {_version}, .NET {Environment.Version}",
        ["help_links"] = new JsonArray(),
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
    });

    /// <summary>Says good-bye, to the one who asked and to all others.</summary>
    public static (string Type, JsonObject Content) Shutdown(JupyterMessage request, KernelLink link)
    {
        var restart = request.Content.Flag("restart", missing: false);
        var content = new JsonObject { ["status"] = "ok", ["restart"] = restart };
        link.Publisher.Send("shutdown_reply", (JsonObject)content.DeepClone(), request);
        return ("shutdown_reply", content);
    }
}
