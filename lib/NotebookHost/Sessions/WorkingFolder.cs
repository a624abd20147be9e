namespace NotebookHost.Sessions;

/// <summary>
/// A session's current directory. A process has only one, so a session takes it while a cell runs, and one cell runs at a time.
/// </summary>
internal sealed class WorkingFolder(string path)
{
    private static readonly SemaphoreSlim s_process = new(1, 1);

    private string _path = System.IO.Path.GetFullPath(path);
    private string? _before;

    /// <summary>Makes the session's directory the process's, once no other session runs a cell.</summary>
    public async Task EnterAsync(CancellationToken cancellation)
    {
        await s_process.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _before = Directory.GetCurrentDirectory();
            Directory.SetCurrentDirectory(_path);
        }
        catch
        {
            s_process.Release();
            throw;
        }
    }

    /// <summary>Puts the process's directory back; where the cell went, the session's next cell starts.</summary>
    public void Leave()
    {
        try
        {
            _path = Directory.GetCurrentDirectory();
            Directory.SetCurrentDirectory(_before!);
        }
        catch (IOException)
        {
            // the cell deleted a directory under us: the next EnterAsync will say so
        }
        finally
        {
            s_process.Release();
        }
    }
}
