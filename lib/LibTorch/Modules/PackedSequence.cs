using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Sequences of several lengths in one batch. See torch.nn.utils.rnn.</summary>
            public static class rnn
            {
                /// <summary>
                /// Sequences step by step: the first steps of all, then the second steps of those that have one, and so on, the longest sequence
                /// first. Recurrent layers read it without reading padding.
                /// </summary>
                public sealed class PackedSequence : IDisposable
                {
                    internal PackedSequence(Tensor data, Tensor batch_sizes, Tensor? sorted_indices, Tensor? unsorted_indices)
                    {
                        this.data = data;
                        this.batch_sizes = batch_sizes;
                        this.sorted_indices = sorted_indices;
                        this.unsorted_indices = unsorted_indices;
                    }

                    /// <summary>The steps, [sum of the lengths, …].</summary>
                    public Tensor data { get; }

                    /// <summary>How many sequences have a first step, a second and so on; Int64, on the CPU.</summary>
                    public Tensor batch_sizes { get; }

                    /// <summary>The place in the batch of the longest sequence, of the next one and so on; null where they came in that order.</summary>
                    public Tensor? sorted_indices { get; }

                    /// <summary>Where in <see cref="sorted_indices"/> each sequence of the batch is.</summary>
                    public Tensor? unsorted_indices { get; }

                    /// <summary>How many sequences there are.</summary>
                    internal long Count => batch_sizes.data<long>()[0];

                    public PackedSequence MoveToOuterDisposeScope()
                    {
                        foreach (var tensor in Parts)
                            tensor.MoveToOuterDisposeScope();
                        return this;
                    }

                    public PackedSequence DetachFromDisposeScope()
                    {
                        foreach (var tensor in Parts)
                            tensor.DetachFromDisposeScope();
                        return this;
                    }

                    public void Dispose()
                    {
                        foreach (var tensor in Parts)
                            tensor.Dispose();
                    }

                    /// <summary>Sequences of the same lengths in the same order.</summary>
                    internal PackedSequence With(Tensor other) =>
                        new(other, batch_sizes.alias(), sorted_indices?.alias(), unsorted_indices?.alias());

                    private IEnumerable<Tensor> Parts => new[] { data, batch_sizes, sorted_indices, unsorted_indices }.OfType<Tensor>();
                }

                /// <summary>Packs a batch that was padded to one length.</summary>
                /// <param name="input">[L, N, …], or [N, L, …] where batches come first.</param>
                /// <param name="lengths">How long each sequence is: N whole numbers from 1 to L.</param>
                /// <param name="batch_first">Whether batches come first.</param>
                /// <param name="enforce_sorted">Whether the sequences come longest first; else they are sorted.</param>
                /// <exception cref="ArgumentException">The lengths are not those of such a batch.</exception>
                public static PackedSequence pack_padded_sequence(
                    Tensor input, Tensor lengths, bool batch_first = false, bool enforce_sorted = true)
                {
                    ArgumentNullException.ThrowIfNull(input);
                    ArgumentNullException.ThrowIfNull(lengths);
                    var batchDim = batch_first ? 0 : 1;
                    using var scope = NewDisposeScope();
                    var counts = lengths.to(ScalarType.Int64, CPU).contiguous();
                    CheckLengths(input, counts, batchDim, enforce_sorted);
                    Tensor? sorted = null, unsorted = null;
                    if (!enforce_sorted)
                    {
                        (counts, var order) = counts.sort(descending: true, stable: true);
                        sorted = order.to(input.device);
                        unsorted = sorted.argsort();
                        input = input.index_select(batchDim, sorted);
                    }
                    var (data, sizes) = Aten.Call2("_pack_padded_sequence", input, counts, batch_first);
                    return new PackedSequence(data, sizes, sorted, unsorted).MoveToOuterDisposeScope();
                }

                /// <summary>Packs sequences.</summary>
                /// <param name="sequences">At least one, [length, …] each.</param>
                /// <param name="enforce_sorted">Whether the sequences come longest first; else they are sorted.</param>
                public static PackedSequence pack_sequence(IEnumerable<Tensor> sequences, bool enforce_sorted = true)
                {
                    Tensor[] all = [.. sequences];
                    using var padded = pad_sequence(all);
                    using var lengths = tensor(Array.ConvertAll(all, sequence => sequence.shape[0]));
                    return pack_padded_sequence(padded, lengths, enforce_sorted: enforce_sorted);
                }

                /// <summary>Pads packed sequences to one length, in the order that they came in.</summary>
                /// <param name="sequence">What was packed, or a recurrent layer's output.</param>
                /// <param name="batch_first">Whether the result is [N, L, …] instead of [L, N, …].</param>
                /// <param name="padding_value">What follows a sequence's end.</param>
                /// <param name="total_length">L; the longest sequence's length unless told.</param>
                /// <returns>The batch and the length of each sequence.</returns>
                public static (Tensor, Tensor) pad_packed_sequence(
                    PackedSequence sequence, bool batch_first = false, double padding_value = 0.0, long? total_length = null)
                {
                    ArgumentNullException.ThrowIfNull(sequence);
                    using var scope = NewDisposeScope();
                    var longest = sequence.batch_sizes.shape[0];
                    if (total_length < longest)
                        throw new ArgumentException($"total_length ({total_length}) is less than the longest sequence has ({longest}).", nameof(total_length));
                    var (padded, lengths) = Aten.Call2(
                        "_pad_packed_sequence", sequence.data, sequence.batch_sizes, batch_first, padding_value, total_length ?? longest);
                    if (sequence.unsorted_indices is { } order)
                        (padded, lengths) = (padded.index_select(batch_first ? 0 : 1, order), lengths.index_select(0, order.cpu()));
                    return (padded.MoveToOuterDisposeScope(), lengths.MoveToOuterDisposeScope());
                }

                /// <summary>Puts sequences into one batch, padded to the longest one's length.</summary>
                /// <param name="sequences">At least one, [length, …] each.</param>
                /// <param name="batch_first">Whether the result is [N, L, …] instead of [L, N, …].</param>
                /// <param name="padding_value">What follows a sequence's end.</param>
                public static Tensor pad_sequence(IEnumerable<Tensor> sequences, bool batch_first = false, double padding_value = 0.0) =>
                    Aten.Call("pad_sequence", sequences.ToArray(), batch_first, padding_value);

                private static void CheckLengths(Tensor input, Tensor lengths, int batchDim, bool sorted)
                {
                    if (input.ndim < 2 || lengths.ndim != 1 || lengths.shape[0] != input.shape[batchDim] || lengths.shape[0] == 0)
                        throw new ArgumentException($"A batch {input} takes one length for each sequence; the lengths are {lengths}.", nameof(lengths));
                    var most = input.shape[1 - batchDim];
                    var before = long.MaxValue;
                    foreach (var length in lengths.data<long>())
                    {
                        if (length < 1 || length > most)
                            throw new ArgumentException($"A sequence of {length} steps does not lie in a batch of {most} steps.", nameof(lengths));
                        if (sorted && length > before)
                            throw new ArgumentException("The sequences do not come longest first: pass enforce_sorted: false.", nameof(lengths));
                        before = length;
                    }
                }
            }
        }
    }
}
