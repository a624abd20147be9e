namespace NotebookHost.Running;

/// <summary>The exception for an invalid request, such as a notebook or a parameter that does not exist. Nothing has run.</summary>
public sealed class RunUsageException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public RunUsageException()
    {
    }

    /// <summary>Creates the exception with the sentence shown to the user.</summary>
    public RunUsageException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the sentence shown to the user and its cause.</summary>
    public RunUsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
