namespace TorchSharp.Extras.Native.Kernels;

/// <summary>Shapes and memory of the tensors of a linear layer.</summary>
internal static class LinearShapes
{
    /// <summary>Returns the product of all sizes but the last.</summary>
    public static long Samples(ReadOnlySpan<long> sizes)
    {
        var samples = 1L;
        foreach (var size in sizes[..^1])
            samples *= size;
        return samples;
    }

    /// <summary>Returns whether the elements are Float32 and contiguous.</summary>
    public static bool IsPlain(NativeTensor tensor) => tensor.Type == torch.ScalarType.Float32 && tensor.IsContiguous;
}
