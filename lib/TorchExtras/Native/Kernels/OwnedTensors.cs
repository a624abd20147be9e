namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The intermediate references of a kernel, which are deleted when it ends.</summary>
internal ref struct OwnedTensors() : IDisposable
{
    private readonly List<nint> _references = [];

    /// <summary>Takes over a reference and returns it.</summary>
    /// <exception cref="InvalidOperationException">The reference is 0, because the function that should have returned it failed.</exception>
    public readonly nint Add(nint reference)
    {
        if (reference == 0)
            throw new InvalidOperationException("A function of libtorch failed; TorchSharp throws its error.");
        _references.Add(reference);
        return reference;
    }

    public readonly void Dispose()
    {
        foreach (var reference in _references)
            StableInterface.DeleteReference((ulong)reference);
    }
}
