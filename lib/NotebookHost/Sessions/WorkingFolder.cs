namespace NotebookHost.Sessions;

/// <summary>
/// The current directory of a session. A process has only one current directory, so a session sets it while a cell runs, and only one cell runs at a time.
/// </summary>
internal sealed class WorkingFolder(string path)
{
    private static readonly SemaphoreSlim _process = new(1, 1);

    private string _path = Path.GetFullPath(path);
    private string? _outside;

    /// <summary>Sets the current directory of the process to that of the session, after waiting for cells of other sessions.</summary>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        await _process.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _outside = Directory.GetCurrentDirectory();
            Directory.SetCurrentDirectory(_path);
        }
        catch
        {
            _outside = null;
            _process.Release();
            throw;
        }
    }

    /// <summary>
    /// Restores the current directory of the process; the next cell of the session starts in the directory that this cell set. A second call has no effect: a session
    /// that closes during a cell that does not stop restores the directory itself.
    /// </summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _outside, null) is not { } outside)
            return;
        try
        {
            if (Here() is { } here)
                _path = here;
            Directory.SetCurrentDirectory(outside);
        }
        finally
        {
            _process.Release();
        }
    }

    // null if the cell deleted its current directory
    private static string? Here()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
