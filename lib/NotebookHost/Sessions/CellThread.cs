using System.Collections.Concurrent;

namespace NotebookHost.Sessions;

/// <summary>
/// The one thread on which every cell of a session starts. Libraries keep state by thread, such as gradient mode or open scopes;
/// a cell expects to find it as the cell before left it. Only after a cell was aborted do the next ones start on another.
/// </summary>
internal sealed class CellThread : IDisposable
{
    // deep recursion is a mistake that people make in notebooks; it deserves more room than a pool thread gives
    private const int StackBytes = 64 * 1024 * 1024;

    private readonly BlockingCollection<Action> _work = [];
    private readonly string _name;

    public CellThread(string name)
    {
        _name = name;
        Start();
    }

    /// <summary>Starts work on the thread; what it awaits goes on wherever the awaited completes.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() => _ = CompleteAsync(work, done));
        return done.Task;
    }

    public void Dispose() => _work.CompleteAdding();

    private static async Task CompleteAsync<T>(Func<Task<T>> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(await work().ConfigureAwait(false));
        }
#pragma warning disable CA1031 // whatever the work throws belongs to the one who waits for it
        catch (Exception error)
#pragma warning restore CA1031
        {
            done.SetException(error);
        }
    }

    private void Start() => new Thread(Work, StackBytes) { IsBackground = true, Name = _name }.Start();

    private void Work()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
            if (CellExecution.HasAbortedHere)
            {
                // from elsewhere: what a thread starts after an abort cannot be aborted in its turn
                ThreadPool.UnsafeQueueUserWorkItem(thread => thread.Start(), this, preferLocal: false);
                return;
            }
        }
        _work.Dispose();
    }
}
