namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Memory for the intermediate results of a kernel on one thread, which the next kernel on the thread uses again.</summary>
internal static unsafe class ThreadMemory
{
    [ThreadStatic]
    private static NativeBuffer? _buffer;

    /// <summary>Returns memory of the current thread, at an address that is a multiple of 64 bytes. Its content is arbitrary.</summary>
    /// <param name="count">The number of Float32 elements.</param>
    public static float* Get(long count) => (_buffer ??= new()).Reserve(count);
}
