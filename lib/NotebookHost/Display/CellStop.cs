namespace NotebookHost.Display;

/// <summary>Provides formatters with information about the stop of a cell, from the session that runs it.</summary>
internal static class CellStop
{
    private static Action<Action> _runUninterrupted = action => action();
    private static Func<bool> _isRequested = () => false;

    /// <summary>Gets a value that indicates whether the code on this thread is being stopped. A formatter that continued after an exception would call endless code again.</summary>
    public static bool IsRequested => _isRequested();

    /// <summary>Runs an action without interruption, even while the cell is being stopped.</summary>
    public static void RunUninterrupted(Action action) => _runUninterrupted(action);

    /// <summary>Sets the functions of the session.</summary>
    public static void Use(Action<Action> runUninterrupted, Func<bool> isRequested) => (_runUninterrupted, _isRequested) = (runUninterrupted, isRequested);
}
