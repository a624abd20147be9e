using TorchSharp.Extras.Native;

namespace TorchSharp.Extras.Optim;

/// <summary>The tensors of one parameter group in libtorch lists, for one call of a fused operator per type.</summary>
/// <param name="lists">The number of lists that the operator takes.</param>
/// <param name="capacity">The number of parameters.</param>
internal sealed class FusedBatches(int lists, int capacity)
{
    private readonly List<(torch.ScalarType Type, bool Variant, ulong[] Lists)> _batches = [];

    /// <summary>Gets the lists for each call, of which the operator takes ownership.</summary>
    public IReadOnlyList<(torch.ScalarType Type, bool Variant, ulong[] Lists)> All => _batches;

    /// <summary>Returns the lists for parameters of a type.</summary>
    /// <param name="type">The type of the parameters.</param>
    /// <param name="variant">Another distinction between calls of the operator.</param>
    public ulong[] Of(torch.ScalarType type, bool variant = false)
    {
        foreach (var batch in _batches)
        {
            if (batch.Type == type && batch.Variant == variant)
                return batch.Lists;
        }
        var made = new ulong[lists];
        for (var i = 0; i < lists; i++)
            made[i] = StableInterface.NewList(capacity);
        _batches.Add((type, variant, made));
        return made;
    }
}
