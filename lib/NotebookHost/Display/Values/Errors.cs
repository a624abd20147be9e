using System.Reflection;

namespace NotebookHost.Display.Values;

/// <summary>Finds the exception to show.</summary>
internal static class Errors
{
    /// <summary>Returns the inner exception of exceptions that reflection adds.</summary>
    public static Exception Unwrap(Exception error)
    {
        while (error is TargetInvocationException { InnerException: { } cause })
            error = cause;
        return error;
    }

    /// <summary>Returns the message of an exception; an exception of its <c>Message</c> property becomes part of the text.</summary>
    public static string Message(Exception error)
    {
        try
        {
            return CSharpNames.WithoutSubmissions(error.Message ?? "");
        }
#pragma warning disable CA1031 // the exception may be code of the notebook
        catch (Exception another) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            return $"(Message: {another.GetType().Name})";
        }
    }
}
