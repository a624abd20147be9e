namespace NotebookHost.Display;

/// <summary>What formatters need to know about stopping a cell, from the session that runs it.</summary>
internal static class CellStop
{
    private static Action<Action> _shield = action => action();
    private static Func<bool> _isRequested = () => false;

    /// <summary>Gets whether the code on this thread is being stopped. A formatter that continues after an exception would call endless code again.</summary>
    public static bool IsRequested => _isRequested();

    /// <summary>Runs an action that must run to its end, even while the cell is being stopped.</summary>
    public static void Shield(Action action) => _shield(action);

    /// <summary>Sets how the session stops cells.</summary>
    public static void Use(Action<Action> shield, Func<bool> isRequested) => (_shield, _isRequested) = (shield, isRequested);
}
