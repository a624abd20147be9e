using System.Reflection;

namespace NotebookHost.Display.Values;

/// <summary>Finds the exception that a reader wants to see.</summary>
internal static class Errors
{
    /// <summary>Returns the exception inside those that reflection wraps around it.</summary>
    public static Exception Unwrap(Exception error)
    {
        while (error is TargetInvocationException { InnerException: { } cause })
            error = cause;
        return error;
    }
}
