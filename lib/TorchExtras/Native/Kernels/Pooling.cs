namespace TorchSharp.Extras.Native.Kernels;

/// <summary>The arguments of a two-dimensional pooling.</summary>
/// <param name="Kernel">The size of the window.</param>
/// <param name="Stride">The step from window to window.</param>
/// <param name="Padding">What is added at each border.</param>
/// <param name="Dilation">The distance between the elements of a window.</param>
/// <param name="RoundsUp">Whether windows that reach over the end count: <c>ceil_mode</c>.</param>
internal readonly record struct Pooling(
    (long Height, long Width) Kernel, (long Height, long Width) Stride, (long Height, long Width) Padding, (long Height, long Width) Dilation,
    bool RoundsUp)
{
    /// <summary>Gets whether windows of two by two elements lie side by side.</summary>
    public bool IsTwoByTwo => this == new Pooling((2, 2), (2, 2), (0, 0), (1, 1), false);
}
