using System.Runtime.Intrinsics.X86;

namespace TorchSharp.Amp;

/// <summary>The processor's instructions for numbers of type bfloat16.</summary>
internal static class Bfloat16Instructions
{
    private const int Features = 7;

    private const int Amx = 1 << 22;

    private const int Avx512 = 1 << 5;

    /// <summary>Gets a value that indicates whether this processor has AVX512_BF16 or AMX-BF16. .NET cannot query the instructions of Arm processors.</summary>
    public static bool AreSupported { get; } = Avx512F.IsSupported && (Has(0, edx: Amx) || Has(1, eax: Avx512));

    private static bool Has(int leaf, int eax = 0, int edx = 0)
    {
        var found = X86Base.CpuId(Features, leaf);
        return (found.Eax & eax) != 0 || (found.Edx & edx) != 0;
    }
}
