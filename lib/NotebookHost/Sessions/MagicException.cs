namespace NotebookHost.Sessions;

/// <summary>The exception for a magic command that cannot be executed. The message states the cause and a solution.</summary>
internal sealed class MagicException(string message) : Exception(message);
