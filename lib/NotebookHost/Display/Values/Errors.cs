using System.Reflection;

namespace NotebookHost.Display.Values;

/// <summary>Finds the exception that a reader wants to see.</summary>
internal static class Errors
{
    /// <summary>Returns the exception inside those that reflection and type initialization wrap around it.</summary>
    public static Exception Unwrap(Exception error)
    {
        while (error is TargetInvocationException or TypeInitializationException or AggregateException { InnerExceptions.Count: 1 } && error.InnerException is { } cause)
            error = cause;
        return error;
    }
}
