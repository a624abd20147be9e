using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>C# code that libtorch calls while it computes gradients.</summary>
internal abstract unsafe class Callback
{
    private static ExceptionDispatchInfo? _thrown;

    /// <summary>Native entry of <see cref="Run"/>.</summary>
    public static delegate* unmanaged<nint, nint*, int, nint*, int, int> Entry => &Call;

    /// <summary>Native entry of <see cref="Release"/>.</summary>
    public static delegate* unmanaged<nint, void> Released => &Free;

    /// <summary>Throws what C# code inside the call that has just failed threw, if that was it.</summary>
    public static void ThrowPending() => Interlocked.Exchange(ref _thrown, null)?.Throw();

    /// <summary>A native reference to this, which lasts until libtorch lets go of it.</summary>
    public nint Hold() => GCHandle.ToIntPtr(GCHandle.Alloc(this));

    /// <summary>Takes gradients, null for those there are none of, and gives <paramref name="count"/> results.</summary>
    protected abstract Tensor?[] Run(Tensor?[] gradients, int count);

    protected virtual void Release()
    {
    }

    [UnmanagedCallersOnly]
    private static int Call(nint context, nint* gradients, int count, nint* results, int room)
    {
        Tensor?[] given = [];
        try
        {
            given = Array.ConvertAll(new ReadOnlySpan<nint>(gradients, count).ToArray(), Tensor.Take);
            // what the callback makes is its own business, not that of a scope around backward
            using var scope = NewDisposeScope();
            var result = ((Callback)GCHandle.FromIntPtr(context).Target!).Run(given, room);
            for (var i = 0; i < room; i++)
            {
                if (i < result.Length && result[i] is { } tensor)
                    Door.Check(Door.door_alias(tensor.Handle, results + i));
            }
            return 0;
        }
        catch (Exception error)
        {
            _thrown = ExceptionDispatchInfo.Capture(error);
            return 1;
        }
        finally
        {
            foreach (var gradient in given)
                gradient?.Dispose();
        }
    }

    [UnmanagedCallersOnly]
    private static void Free(nint context) => LetGo(context);

    /// <summary>Undoes <see cref="Hold"/>.</summary>
    public static void LetGo(nint context)
    {
        var handle = GCHandle.FromIntPtr(context);
        ((Callback)handle.Target!).Release();
        handle.Free();
    }
}
