namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The arguments of a two-dimensional pooling.</summary>
/// <param name="Kernel">The size of the window.</param>
/// <param name="Stride">The distance between windows.</param>
/// <param name="Padding">The number of elements that are added at each border.</param>
/// <param name="Dilation">The distance between the elements of a window.</param>
/// <param name="RoundsUp">Whether windows that extend beyond the end count (<c>ceil_mode</c>).</param>
internal readonly record struct Pooling(
    (long Height, long Width) Kernel, (long Height, long Width) Stride, (long Height, long Width) Padding, (long Height, long Width) Dilation,
    bool RoundsUp)
{
    /// <summary>Gets a value that indicates whether the windows are adjacent and have two by two elements.</summary>
    public bool IsTwoByTwo => this == new Pooling((2, 2), (2, 2), (0, 0), (1, 1), false);
}
