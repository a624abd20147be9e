namespace NotebookHost.Sessions;

/// <summary>
/// A session's current directory. A process has only one, so a session takes it while a cell runs, and one cell runs at a time.
/// </summary>
internal sealed class WorkingFolder(string path)
{
    private static readonly SemaphoreSlim _process = new(1, 1);

    private string _path = Path.GetFullPath(path);
    private string? _outside;

    /// <summary>Makes the session's directory the process's, once no other session runs a cell.</summary>
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
    /// Puts the process's directory back; where the cell went, the session's next cell starts. A second call does nothing: a session
    /// that closes over a runaway cell leaves in its place.
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

    // null when the cell deleted the directory that it was in
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
