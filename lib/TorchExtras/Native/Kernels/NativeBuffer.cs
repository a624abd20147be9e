using System.Runtime.InteropServices;

namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Native memory that grows on demand. Its content is lost when it grows.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private float* _memory;
    private long _capacity;

    ~NativeBuffer() => NativeMemory.AlignedFree(_memory);

    /// <summary>Returns the memory, at an address that is a multiple of 64 bytes, with space for a number of Float32 elements at least.</summary>
    public float* Reserve(long count)
    {
        if (count > _capacity)
        {
            Free();
            _memory = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
            _capacity = count;
        }
        return _memory;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_memory);
        _memory = null;
        _capacity = 0;
    }
}
