using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Jupyter;

/// <summary>A request to run code.</summary>
/// <param name="Message">The message of the request.</param>
internal sealed record ExecuteRequest(JupyterMessage Message)
{
    /// <summary>The type of the message.</summary>
    public const string Type = "execute_request";

    /// <summary>Gets the code to run.</summary>
    public string Code { get; } = Message.Content.Text("code") ?? "";

    /// <summary>Gets the id of the notebook's cell; null if the front end does not send it.</summary>
    public string? CellId { get; } = Message.Metadata.Text("cellId");

    /// <summary>Gets a value that indicates whether the front end runs code for itself, which is hidden from the user.</summary>
    public bool IsSilent { get; } = Message.Content.Flag("silent", missing: false);

    /// <summary>Gets a value that indicates whether the code increases the execution count and is stored in the history.</summary>
    public bool IsStored => !IsSilent && Message.Content.Flag("store_history", missing: true);

    /// <summary>Gets a value that indicates whether the front end can request input from the user.</summary>
    public bool MayAsk { get; } = Message.Content.Flag("allow_stdin", missing: true);

    /// <summary>Gets a value that indicates whether an error cancels the queued requests.</summary>
    public bool StopsOthers { get; } = Message.Content.Flag("stop_on_error", missing: true);
}
