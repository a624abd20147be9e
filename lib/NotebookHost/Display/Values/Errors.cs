using System.Reflection;

namespace NotebookHost.Display.Values;

/// <summary>Finds the exception to show.</summary>
internal static class Errors
{
    /// <summary>Returns the exception inside those that reflection wraps around it.</summary>
    public static Exception Unwrap(Exception error)
    {
        while (error is TargetInvocationException { InnerException: { } cause })
            error = cause;
        return error;
    }

    /// <summary>Returns what an exception says; what its own <c>Message</c> throws becomes part of the text.</summary>
    public static string Message(Exception error)
    {
        try
        {
            return CSharpNames.WithoutSubmissions(error.Message ?? "");
        }
#pragma warning disable CA1031 // the exception may be the notebook's code
        catch (Exception another) when (!CellStop.IsRequested)
#pragma warning restore CA1031
        {
            return $"(Message: {another.GetType().Name})";
        }
    }
}
