using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Jupyter;

/// <summary>A request to run code.</summary>
/// <param name="Message">The message that it came in.</param>
internal sealed record ExecuteRequest(JupyterMessage Message)
{
    /// <summary>The message's type.</summary>
    public const string Type = "execute_request";

    /// <summary>The code to run.</summary>
    public string Code { get; } = Message.Content.Text("code") ?? "";

    /// <summary>Gets the id of the notebook's cell; null where the front end does not tell it.</summary>
    public string? CellId { get; } = Message.Metadata.Text("cellId");

    /// <summary>Whether the code is the front end's own and the user is to see nothing of it.</summary>
    public bool IsSilent { get; } = Message.Content.Flag("silent", missing: false);

    /// <summary>Whether the code gets a number and a place in the history.</summary>
    public bool IsStored => !IsSilent && Message.Content.Flag("store_history", missing: true);

    /// <summary>Whether the front end can ask the user.</summary>
    public bool MayAsk { get; } = Message.Content.Flag("allow_stdin", missing: true);

    /// <summary>Whether the requests that already wait are pointless when this one fails.</summary>
    public bool StopsOthers { get; } = Message.Content.Flag("stop_on_error", missing: true);
}
