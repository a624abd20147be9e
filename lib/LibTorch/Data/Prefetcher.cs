using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace TorchSharp.Modules;

/// <summary>
/// Threads that load whole batches ahead of the loop. The plans are taken by the loop's own thread, and the batches come out in the plans'
/// order, so that neither depends on how many threads there are.
/// </summary>
internal sealed class Prefetcher<T, S> : IDisposable
{
    private readonly Queue<Job> _ordered = new();
    private readonly Crew _crew;
    private readonly Thread[] _threads;
    private readonly int _ahead;

    public Prefetcher(BatchLoading<T, S> loading, int workers, int prefetch)
    {
        _ahead = workers * prefetch;
        _crew = new Crew(loading);
        _threads = new Thread[workers];
        for (var i = 0; i < workers; i++)
        {
            _threads[i] = new Thread(_crew.Work) { IsBackground = true, Name = $"DataLoader worker {i}" };
            _threads[i].Start();
        }
    }

    // a loop that never disposed its enumerator: the threads, which know the crew only, end by themselves
    ~Prefetcher() => _crew.Stop();

    /// <summary>The next batch; null after the last.</summary>
    public Batch<S>? Next(IEnumerator<BatchPlan> plans)
    {
        while (_ordered.Count < _ahead && plans.MoveNext())
        {
            var job = new Job(plans.Current);
            _ordered.Enqueue(job);
            _crew.Jobs.Add(job);
        }
        return _ordered.TryDequeue(out var next) ? next.Take() : null;
    }

    public void Dispose()
    {
        _crew.Stop();
        foreach (var thread in _threads)
            thread.Join();
        foreach (var job in _ordered)
            job.Drop();
        _ordered.Clear();
        _crew.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class Crew(BatchLoading<T, S> loading) : IDisposable
    {
        private readonly bool _tracked = torch.is_grad_enabled();
        private volatile bool _stopped;

        public BlockingCollection<Job> Jobs { get; } = [];

        public void Stop()
        {
            _stopped = true;
            Jobs.CompleteAdding();
        }

        public void Work()
        {
            using var mode = torch.set_grad_enabled(_tracked);
            using var random = new SampleRandom();
            foreach (var job in Jobs.GetConsumingEnumerable())
            {
                if (!_stopped)
                    job.Run(loading, random, () => _stopped);
            }
        }

        public void Dispose() => Jobs.Dispose();
    }

    private sealed class Job(BatchPlan plan)
    {
        private readonly TaskCompletionSource<Batch<S>> _batch = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Run(BatchLoading<T, S> loading, SampleRandom random, Func<bool> isStopped)
        {
            try
            {
                _batch.SetResult(loading.Load(plan, random, isStopped));
            }
            catch (Exception error)
            {
                _batch.SetException(error);
            }
        }

        public Batch<S> Take()
        {
            try
            {
                _batch.Task.Wait();
            }
            catch (AggregateException error)
            {
                ExceptionDispatchInfo.Throw(error.InnerException!);
            }
            return _batch.Task.Result;
        }

        public void Drop()
        {
            if (_batch.Task.IsCompletedSuccessfully)
                _batch.Task.Result.Dispose();
            else
                _ = _batch.Task.Exception;
        }
    }
}
