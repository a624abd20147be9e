using System.Text.Json.Nodes;
using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Jupyter;

/// <summary>The replies of several channels.</summary>
internal static class Replies
{
    private static readonly string _version = typeof(Replies).Assembly.GetName().Version!.ToString(3);

    /// <summary>Returns the content for success.</summary>
    public static JsonObject Ok() => new() { ["status"] = "ok" };

    /// <summary>Returns the reply that describes this kernel and its language.</summary>
    /// <remarks>
    /// Front ends write the description of the language to each notebook that they open. The description is that of
    /// .NET Interactive without the versions, so that opening a notebook does not change it.
    /// </remarks>
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
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
        },
    });

    /// <summary>Replies to a shutdown_request and notifies all front ends.</summary>
    public static (string Type, JsonObject Content) Shutdown(JupyterMessage request, KernelLink link)
    {
        var restart = request.Content.Flag("restart", missing: false);
        var content = new JsonObject { ["status"] = "ok", ["restart"] = restart };
        link.Publisher.Send("shutdown_reply", (JsonObject)content.DeepClone(), request);
        return ("shutdown_reply", content);
    }
}
