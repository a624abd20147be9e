using System.Collections.Concurrent;

namespace NotebookHost.Sessions;

/// <summary>
/// The thread on which every cell of a session starts. Libraries have state per thread, such as the gradient mode or open scopes,
/// which a cell expects to be the same as at the end of the previous cell. After a cell was aborted, the next cells start on another thread.
/// </summary>
internal sealed class CellThread : IDisposable
{
    // a larger stack than that of pool threads, because deep recursion is common in notebooks
    private const int StackBytes = 64 * 1024 * 1024;

    private readonly BlockingCollection<Action> _work = [];
    private readonly string _name;

    public CellThread(string name)
    {
        _name = name;
        Start();
    }

    /// <summary>Starts work on the thread; after an await, it continues on the thread that completes the awaited task.</summary>
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
#pragma warning disable CA1031 // any exception is passed to the code that awaits the work
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
                // on another thread, because code that an aborted thread starts cannot be aborted
                ThreadPool.UnsafeQueueUserWorkItem(thread => thread.Start(), this, preferLocal: false);
                return;
            }
        }
        _work.Dispose();
    }
}
