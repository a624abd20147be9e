using TorchSharp.Extras.Native;

namespace TorchSharp.Extras.Optim;

/// <summary>The tensors of one parameter group in libtorch lists, for one call of a fused operator per type and size.</summary>
/// <param name="lists">The number of lists that the operator takes.</param>
/// <param name="parameters">The parameters of the group.</param>
internal sealed class FusedBatches(int lists, List<FusedParameter> parameters)
{
    // one thread updates this many elements in about 0.1 ms
    private const long MostElements = 1 << 18;

    // one thread updates this many elements before other threads have started
    private const long MostElementsOfTensor = 1 << 14;

    private readonly bool _areSmall = parameters.Sum(fused => fused.Count) <= MostElements;
    private readonly List<FusedBatch> _batches = [];

    /// <summary>Gets the lists for each call, of which the operator takes ownership.</summary>
    public IReadOnlyList<FusedBatch> All => _batches;

    /// <summary>Returns the lists for a parameter.</summary>
    /// <param name="fused">The parameter.</param>
    /// <param name="variant">Another distinction between calls of the operator.</param>
    public ulong[] Of(in FusedParameter fused, bool variant = false)
    {
        var isSmall = _areSmall || fused.Count <= MostElementsOfTensor;
        foreach (var batch in _batches)
        {
            if (batch.Type == fused.Type && batch.IsSmall == isSmall && batch.Variant == variant)
                return batch.Lists;
        }
        var made = new ulong[lists];
        for (var i = 0; i < lists; i++)
            made[i] = StableInterface.NewList(parameters.Count);
        _batches.Add(new(fused.Type, isSmall, variant, made));
        return made;
    }
}

/// <summary>The lists of one call of a fused operator.</summary>
/// <param name="Type">The type of the parameters.</param>
/// <param name="IsSmall">Whether one thread updates the parameters, because they have few elements.</param>
/// <param name="Variant">Another distinction between calls of the operator.</param>
/// <param name="Lists">The lists.</param>
internal sealed record FusedBatch(torch.ScalarType Type, bool IsSmall, bool Variant, ulong[] Lists);
