using TorchSharp.Native;

namespace TorchSharp;

/// <summary>
/// A tensor's one reference to libtorch's, and all of it that has a finalizer. Objects with finalizers are dear to make, so those of
/// disposed tensors are used again; a tensor that is forgotten takes its reference along to the finalizer.
/// </summary>
internal sealed class TensorReference
{
    private const int MostSpare = 4096;

    [ThreadStatic]
    private static Stack<TensorReference>? _spare;

    private static long _count;

    private nint _handle;

    private TensorReference()
    {
    }

    ~TensorReference() => Drop();

    /// <summary>References in the whole process that are neither released nor finalized.</summary>
    public static long Count => Interlocked.Read(ref _count);

    public nint Handle => _handle;

    /// <summary>Takes over a reference that libtorch gave.</summary>
    public static TensorReference Hold(nint handle)
    {
        if (_spare is null || !_spare.TryPop(out var reference))
            reference = new TensorReference();
        reference._handle = handle;
        Interlocked.Increment(ref _count);
        return reference;
    }

    /// <summary>Gives the reference back to libtorch. Nobody may use this object afterwards.</summary>
    public void Release()
    {
        Drop();
        Spare();
    }

    /// <summary>Hands the reference to the caller. Nobody may use this object afterwards.</summary>
    public nint Give()
    {
        var handle = _handle;
        _handle = 0;
        Interlocked.Decrement(ref _count);
        Spare();
        return handle;
    }

    private void Drop()
    {
        if (_handle == 0)
            return;
        Interlocked.Decrement(ref _count);
        Door.door_release(_handle);
        _handle = 0;
    }

    private void Spare()
    {
        var spare = _spare ??= new Stack<TensorReference>();
        if (spare.Count < MostSpare)
            spare.Push(this);
    }
}
