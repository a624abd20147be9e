using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>Elements of tensors on the CPU, which are read without a further tensor.</summary>
internal static class CpuValues
{
    /// <summary>Returns the elements; empty for another type or device, or where they do not lie in the order of the dimensions.</summary>
    public static ReadOnlySpan<T> Of<T>(Tensor tensor, ScalarType type)
        where T : unmanaged =>
        tensor.device_type == DeviceType.CPU && tensor.dtype == type && !tensor.is_sparse && tensor.is_contiguous()
            ? MemoryMarshal.Cast<byte, T>(tensor.bytes)
            : default;

    /// <summary>Returns the one element of a Float32 tensor; null for another type or device.</summary>
    public static double? Of(Tensor tensor) => Of<float>(tensor, ScalarType.Float32) is [var value] ? value : null;

    /// <summary>
    /// Returns how many rows have their largest element at the index of their label, as <c>argmax</c> finds it: the first of equal ones. A row with NaN
    /// has no largest element.
    /// </summary>
    /// <param name="scores">The scores, a row of each sample after the other.</param>
    /// <param name="labels">The label of each sample.</param>
    public static int CountHits(ReadOnlySpan<float> scores, ReadOnlySpan<long> labels)
    {
        var (classes, hits) = (scores.Length / labels.Length, 0);
        for (var sample = 0; sample < labels.Length; sample++)
        {
            var row = scores.Slice(sample * classes, classes);
            var best = 0;
            for (var i = 1; i < row.Length; i++)
            {
                if (row[i] > row[best] || (float.IsNaN(row[i]) && !float.IsNaN(row[best])))
                    best = i;
            }
            hits += best == labels[sample] && !float.IsNaN(row[best]) ? 1 : 0;
        }
        return hits;
    }
}
