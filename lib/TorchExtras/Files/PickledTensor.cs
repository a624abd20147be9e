using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>A storage in a file, which several tensors may share.</summary>
/// <param name="Key">The name of the storage within the file.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Elements">The number of elements.</param>
internal sealed record PickledStorage(string Key, ScalarType Type, long Elements);

/// <summary>The description of a tensor in a pickle: a view of a storage.</summary>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Size, long[] Stride, bool RequiresGrad)
{
    private const int MaxDimensions = 64;

    /// <summary>Checks that every element is within the storage.</summary>
    /// <exception cref="InvalidDataException">An element is outside of the storage.</exception>
    public void Check()
    {
        if (Size.Length > MaxDimensions || Size.Length != Stride.Length)
            throw new InvalidDataException($"A tensor in the file has {Size.Length} sizes and {Stride.Length} strides.");
        Int128 last = Offset;
        Int128 elements = 1;
        for (var i = 0; i < Size.Length; i++)
        {
            if (Size[i] < 0 || Stride[i] < 0)
                throw new InvalidDataException("A tensor in the file has a negative size or stride.");
            last += ((Int128)Size[i] - 1) * Stride[i];
            elements *= Size[i];
            if (elements > long.MaxValue)
                throw new InvalidDataException($"A tensor in the file has the shape {TensorBytes.Text(Size)}, which is larger than any memory.");
        }
        if (Offset < 0 || Offset > Storage.Elements || (elements > 0 && last >= Storage.Elements))
        {
            throw new InvalidDataException(
                $"A tensor of shape {TensorBytes.Text(Size)} in the file exceeds its storage of {Storage.Elements} elements.");
        }
    }
}
