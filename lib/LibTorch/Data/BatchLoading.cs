using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A batch and the tensors that go with it.</summary>
internal sealed record Batch<S>(S Value, Tensor[] Owned) : IDisposable
{
    public void Dispose()
    {
        foreach (var tensor in Owned)
            tensor.Dispose();
    }
}

/// <summary>Which samples a batch has: one of an epoch's jobs.</summary>
/// <param name="Indices">The samples.</param>
/// <param name="Seed">The seed of the first sample's random numbers; the next has the next.</param>
internal readonly record struct BatchPlan(long[] Indices, long Seed);

/// <summary>Loads batches, on whichever thread.</summary>
internal sealed class BatchLoading<T, S>(
    utils.data.Dataset<T> dataset, Func<IEnumerable<T>, Device, S> collate, Func<S, S>? finish, Device device)
{
    /// <exception cref="InvalidOperationException">A sample could not be loaded, or the samples not be put together; the cause is inside.</exception>
    public Batch<S> Load(BatchPlan plan, SampleRandom random, Func<bool>? isStopped = null)
    {
        using var scope = NewDisposeScope();
        var batch = Make(plan, random, isStopped);
        if (Collate.Tensors(batch) is not { } parts)
            return new Batch<S>(batch, scope.DetachEverything());
        Tensor[] owned = [.. parts.Where(scope.Contains)];
        foreach (var tensor in owned)
            scope.Detach(tensor);
        return new Batch<S>(batch, owned);
    }

    private S Make(BatchPlan plan, SampleRandom random, Func<bool>? isStopped)
    {
        try
        {
            if (finish is not null && dataset is IBatchSource<S> source)
                return Together(() => finish(source.GetBatch(plan.Indices)), plan.Indices);
            var samples = new T[plan.Indices.Length];
            for (var i = 0; i < samples.Length; i++)
            {
                if (isStopped?.Invoke() == true)
                    throw new OperationCanceledException();
                random.Enter(unchecked(plan.Seed + i));
                samples[i] = Sample(plan.Indices[i]);
            }
            return Together(() => collate(samples, device), plan.Indices);
        }
        finally
        {
            random.Leave();
        }
    }

    private T Sample(long index)
    {
        try
        {
            return dataset.GetTensor(index);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Sample {index} of {dataset.GetType().Name} could not be loaded: {error.Message}", error);
        }
    }

    private S Together(Func<S> put, long[] indices)
    {
        try
        {
            return put();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(
                $"The samples {string.Join(", ", indices)} of {dataset.GetType().Name} could not be put together: {error.Message}", error);
        }
    }
}
