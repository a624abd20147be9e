using System.Runtime.CompilerServices;

namespace TorchSharp;

/// <summary>
/// Some of libtorch's kernels multiply sizes, steps and groups without a check, and the process dies of what overflows: what no tensor can
/// have is refused before.
/// </summary>
internal static class Window
{
    /// <exception cref="ArgumentOutOfRangeException">The number does not fit in 32 bits.</exception>
    public static long Size(long size, [CallerArgumentExpression(nameof(size))] string name = "") => size is >= int.MinValue and <= int.MaxValue
        ? size
        : throw new ArgumentOutOfRangeException(name, size, "Sizes, steps and groups of a window are 32-bit numbers.");
}
