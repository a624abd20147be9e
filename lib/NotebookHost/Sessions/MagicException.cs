namespace NotebookHost.Sessions;

/// <summary>A magic command cannot be carried out. The message says why and what to do.</summary>
internal sealed class MagicException(string message) : Exception(message);
