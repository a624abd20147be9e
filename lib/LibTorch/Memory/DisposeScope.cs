using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// Opens a scope: tensors that this thread creates from now on are disposed with it, but for those that are moved out of it.
    /// Scopes nest. Source: TorchSharp's DisposeScope.
    /// </summary>
    /// <example><c>using var scope = torch.NewDisposeScope(); … return result.MoveToOuterDisposeScope();</c></example>
    public static DisposeScope NewDisposeScope() => new();
}

/// <summary>Owns the tensors that its thread creates while it is the innermost scope. See <see cref="NewDisposeScope"/>.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? _innermost;

    private readonly List<Tensor> _tensors = [];
    private readonly Lock _lock = new();
    private bool _disposed;

    internal DisposeScope()
    {
        OuterScope = _innermost;
        _innermost = this;
    }

    /// <summary>The scope that this one lies in, if any.</summary>
    public DisposeScope? OuterScope { get; private set; }

    /// <summary>How many tensors the scope would dispose now.</summary>
    public int DisposablesCount
    {
        get
        {
            lock (_lock)
                return _tensors.Count;
        }
    }

    internal static DisposeScope? Innermost => _innermost;

    public bool Contains(Tensor tensor) => ReferenceEquals(tensor.OwningDisposeScope, this);

    /// <summary>Takes a tensor over from whichever scope has it.</summary>
    public T Attach<T>(T tensor)
        where T : Tensor
    {
        tensor.OwningDisposeScope?.Remove(tensor);
        Add(tensor);
        return tensor;
    }

    /// <summary>Lets a tensor live on without any scope.</summary>
    public T Detach<T>(T tensor)
        where T : Tensor
    {
        Remove(tensor);
        return tensor;
    }

    public T MoveToOuter<T>(T tensor)
        where T : Tensor
    {
        if (!Contains(tensor))
            return tensor;
        Remove(tensor);
        OuterScope?.Add(tensor);
        return tensor;
    }

    public void DisposeEverything() => DisposeEverythingBut();

    /// <summary>Disposes all that the scope holds but the tensors named.</summary>
    public void DisposeEverythingBut(params Tensor[] inKeep)
    {
        Tensor[] doomed;
        lock (_lock)
        {
            doomed = [.. _tensors.Where(tensor => !inKeep.Contains(tensor, ReferenceEqualityComparer.Instance))];
        }
        foreach (var tensor in doomed)
            tensor.Dispose();
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        lock (_lock)
        {
            // from the end, so that none has to move up
            for (var i = _tensors.Count - 1; i >= 0; i--)
            {
                var tensor = _tensors[i];
                tensor.OwningDisposeScope = null;
                tensor.Dispose();
            }
            _tensors.Clear();
        }
        Leave();
    }

    /// <summary>Lets all that the scope holds live on without any scope.</summary>
    internal Tensor[] DetachEverything()
    {
        lock (_lock)
        {
            Tensor[] all = [.. _tensors];
            foreach (var tensor in all)
                tensor.OwningDisposeScope = null;
            _tensors.Clear();
            return all;
        }
    }

    internal void Add(Tensor tensor)
    {
        lock (_lock)
        {
            tensor.OwningDisposeScope = this;
            tensor.ScopeIndex = _tensors.Count;
            _tensors.Add(tensor);
        }
    }

    internal void Remove(Tensor tensor)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(tensor.OwningDisposeScope, this))
                return;
            tensor.OwningDisposeScope = null;
            var last = _tensors[^1];
            _tensors[tensor.ScopeIndex] = last;
            last.ScopeIndex = tensor.ScopeIndex;
            _tensors.RemoveAt(_tensors.Count - 1);
        }
    }

    /// <summary>Scopes are left from the inside out; one that is disposed late, or on another thread, is only unlinked.</summary>
    private void Leave()
    {
        if (ReferenceEquals(_innermost, this))
        {
            _innermost = OuterScope;
            return;
        }
        for (var scope = _innermost; scope is not null; scope = scope.OuterScope)
        {
            if (ReferenceEquals(scope.OuterScope, this))
                scope.OuterScope = OuterScope;
        }
    }
}
