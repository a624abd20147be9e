namespace NotebookHost.Export;

/// <summary>The exception for a notebook that cannot be written in a format. The message states the reason and the place, without the name of the notebook.</summary>
public sealed class ExportException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public ExportException()
    {
    }

    /// <summary>Creates the exception with the reason shown to the user.</summary>
    public ExportException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the reason shown to the user and its cause.</summary>
    public ExportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
