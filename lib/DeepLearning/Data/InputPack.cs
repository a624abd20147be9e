using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>
/// Packs several inputs of each sample into one tensor, so that all sources of batches and the trainer support them; a
/// <see cref="Models.MultiInputModel"/> gets the unpacked inputs: <c>var pack = new InputPack(images, features); new TensorBatches(pack.Packed,
/// labels, 64)</c>.
/// </summary>
public sealed class InputPack
{
    // integers up to this value are exact in Float32
    private const long LargestExact = 1L << 24;

    private readonly (long[] Shape, ScalarType Type)[] _inputs;

    /// <summary>Packs inputs. The values are copied.</summary>
    /// <param name="inputs">Two or more floating-point or integer tensors [N, …] with the same N.</param>
    /// <exception cref="ArgumentException">
    /// There are fewer than two inputs, their numbers of samples differ, or an integer is greater than 16,777,216.
    /// </exception>
    public InputPack(params IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count < 2 || inputs.Any(input => input.ndim == 0 || input.shape[0] != inputs[0].shape[0]))
        {
            var shapes = string.Join(" and ", inputs.Select(input => $"[{string.Join(", ", input.shape)}]"));
            throw new ArgumentException($"A pack needs two or more inputs [N, …] with the same N, but these are {shapes}.", nameof(inputs));
        }
        _inputs = [.. inputs.Select(input => (input.shape[1..], input.dtype))];
        Packed = Pack(inputs);
    }

    /// <summary>Gets all inputs as one tensor, Float32 [N, numbers of a sample].</summary>
    public Tensor Packed { get; }

    /// <summary>Gets the number of inputs.</summary>
    public int Count => _inputs.Length;

    /// <summary>Packs the inputs of other samples, such as validation samples.</summary>
    /// <param name="inputs">Tensors [N, …] with the shapes of the original inputs, except for N.</param>
    /// <returns>A new tensor, Float32 [N, numbers of a sample].</returns>
    /// <exception cref="ArgumentException">A shape differs, or an integer is greater than 16,777,216.</exception>
    public Tensor Pack(params IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != Count || inputs.Zip(_inputs).Any(pair => !pair.First.shape[1..].AsSpan().SequenceEqual(pair.Second.Shape)))
            throw new ArgumentException($"The inputs do not have the shapes of the pack: {this}.", nameof(inputs));
        using var scope = NewDisposeScope();
        return cat([.. inputs.Select(Flat)], 1).DetachFromDisposeScope();
    }

    /// <summary>Returns the inputs of a packed batch with their original shapes and types.</summary>
    /// <param name="packed">Float32 [N, numbers of a sample], on any device.</param>
    /// <exception cref="ArgumentException">The tensor is not a packed batch.</exception>
    public IReadOnlyList<Tensor> Unpack(Tensor packed)
    {
        ArgumentNullException.ThrowIfNull(packed);
        long[] sizes = [.. _inputs.Select(input => Size(input.Shape))];
        if (packed.ndim != 2 || packed.shape[1] != sizes.Sum())
            throw new ArgumentException($"A packed batch must be [N, {sizes.Sum()}], but the tensor is [{string.Join(", ", packed.shape)}].", nameof(packed));
        return [.. packed.split(sizes, 1).Zip(_inputs, (part, input) => part.reshape([packed.shape[0], .. input.Shape]).to(input.Type))];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(" and ", _inputs.Select(input => $"{input.Type} [{string.Join(", ", input.Shape.Select(size => $"{size}").Prepend("N"))}]"));

    private static long Size(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);

    private static Tensor Flat(Tensor input)
    {
        if (!input.is_floating_point() && input.numel() > 0 && input.to(ScalarType.Int64).abs().max().item<long>() > LargestExact)
            throw new ArgumentException($"An integer is greater than {LargestExact}, so Float32 cannot represent it exactly.", nameof(input));
        return input.reshape(input.shape[0], -1).to(ScalarType.Float32);
    }
}
