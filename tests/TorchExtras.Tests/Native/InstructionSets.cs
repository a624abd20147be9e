using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Extras.Tests.Native;

/// <summary>The sets of instructions for which there are blocks of the kernels.</summary>
internal static class InstructionSets
{
    /// <summary>Gets those of this processor: false for AVX2, true for AVX-512. On a processor with both, the kernels use only AVX-512.</summary>
    public static bool[] AreWide { get; } = Avx512F.IsSupported ? [false, true] : Avx2.IsSupported && Fma.IsSupported ? [false] : [];

    /// <summary>Returns all pairs of a set of instructions and a value.</summary>
    public static IEnumerable<(bool IsWide, T Value)> With<T>(params T[] values) => AreWide.SelectMany(isWide => values.Select(value => (isWide, value)));
}
