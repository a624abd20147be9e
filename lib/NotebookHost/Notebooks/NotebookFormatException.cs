namespace NotebookHost.Notebooks;

/// <summary>The exception for a file that is not a readable notebook. The message states the problem, its place and a solution.</summary>
public sealed class NotebookFormatException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public NotebookFormatException()
    {
    }

    /// <summary>Creates the exception with the sentence shown to the user.</summary>
    public NotebookFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the sentence shown to the user and its cause.</summary>
    public NotebookFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
