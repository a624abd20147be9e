using TorchSharp;
using TorchSharp.Vision;
using static TorchSharp.torch;

namespace DeepLearning.Data;

// Ways to look at a part of the images.
public sealed partial class ImageDataset
{
    private ImageDataset(ImageDataset whole, ReadOnlySpan<long> indices)
    {
        (Name, ClassNames, IsStandIn, Height, Width) = (whole.Name, whole.ClassNames, whole.IsStandIn, whole.Height, whole.Width);
        var size = Height * Width;
        _pixels = new byte[indices.Length * size];
        _labels = new byte[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            whole._pixels.AsSpan((int)indices[i] * size, size).CopyTo(_pixels.AsSpan(i * size));
            _labels[i] = whole._labels[indices[i]];
        }
    }

    /// <summary>How many images each class has: what <c>Targets.bincount()</c> gives.</summary>
    public IReadOnlyList<long> ClassCounts
    {
        get
        {
            var counts = new long[ClassNames.Count];
            foreach (var label in _labels)
                counts[label]++;
            return counts;
        }
    }

    /// <summary>All labels as a new tensor, Int64 [N].</summary>
    public Tensor Targets
    {
        get
        {
            using var labels = tensor(_labels);
            return labels.to(ScalarType.Int64);
        }
    }

    /// <summary>Some images, Float32 [images, 1, height, width] from 0 to 1, and their labels, Int64 [images]: <c>var (images, labels) = train[..20];</c></summary>
    public (Tensor Images, Tensor Labels) this[Range samples] => Samples(Indices(samples));

    /// <summary>The images named, Float32 [images, 1, height, width] from 0 to 1, and their labels, Int64 [images].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no image of an index.</exception>
    public (Tensor Images, Tensor Labels) Samples(IEnumerable<int> indices)
    {
        var chosen = Checked(indices);
        return (Images(chosen, PixelScale.ZeroToOne), LabelsOf(chosen));
    }

    /// <summary>Some images side by side as one, Float32 [3, height, width] from 0 to 1, as torchvision.utils.make_grid arranges them.</summary>
    /// <param name="samples">Which images.</param>
    /// <param name="nrow">Images a row.</param>
    /// <param name="padding">Pixels between images.</param>
    public Tensor Grid(Range samples, int nrow = 8, int padding = 2) => Grid(Indices(samples), nrow, padding);

    /// <inheritdoc cref="Grid(Range, int, int)"/>
    public Tensor Grid(IEnumerable<int> samples, int nrow = 8, int padding = 2)
    {
        using var images = Images(Checked(samples), PixelScale.ZeroToOne);
        return ImageGrid.Make(images, nrow, padding);
    }

    /// <summary>A set of the images named, in that order, with pixels of its own.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no image of an index.</exception>
    public ImageDataset Subset(IEnumerable<int> indices) => new(this, Checked(indices));

    /// <summary>Splits the images at random into sets of their own, which do not overlap: <c>var (train, validation) = all.Split([0.9, 0.1]);</c></summary>
    /// <param name="fractions">Each part's share; together 1.</param>
    /// <param name="seed">The same seed gives the same parts: PyTorch's random_split's, where not stratified.</param>
    /// <param name="stratified">Whether each class comes in all parts in the same proportion.</param>
    /// <exception cref="ArgumentException">The fractions do not add up to 1.</exception>
    public Parts<ImageDataset> Split(IReadOnlyList<double> fractions, long seed = 0, bool stratified = false) =>
        Split(Splitting.Lengths(Count, fractions), seed, stratified);

    /// <inheritdoc cref="Split(IReadOnlyList{double}, long, bool)"/>
    /// <param name="lengths">How many images each part gets; together all.</param>
    /// <param name="seed">The same seed gives the same parts: PyTorch's random_split's, where not stratified.</param>
    /// <param name="stratified">Whether each class comes in all parts in the same proportion.</param>
    public Parts<ImageDataset> Split(IReadOnlyList<long> lengths, long seed = 0, bool stratified = false)
    {
        var parts = stratified
            ? Splitting.Stratified([.. _labels.Select(label => (long)label)], lengths, seed)
            : Splitting.AtRandom(Count, lengths, seed);
        return new(parts.Select(indices => new ImageDataset(this, indices)));
    }

    /// <summary>The images for torch.utils.data: sample i is <c>{ "data": [1, height, width], "label": [] }</c>, as torchvision's in C# are.</summary>
    /// <param name="transform">The transform of each image, [1, 1, height, width] with values from 0 to 1; none by default.</param>
    public utils.data.Dataset ToDataset(torchvision.ITransform? transform = null) => new Items(this, transform);

    private IEnumerable<int> Indices(Range samples)
    {
        var (start, end) = (samples.Start.GetOffset(Count), samples.End.GetOffset(Count));
        if (start < 0 || end < start || end > Count)
            throw new ArgumentOutOfRangeException(nameof(samples), samples, $"{Name} has {Count:N0} images, from 0.");
        return Enumerable.Range(start, end - start);
    }

    private long[] Checked(IEnumerable<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        long[] chosen = [.. indices.Select(index => (long)index)];
        if (Array.Find(chosen, index => index < 0 || index >= Count) is var wrong && (wrong < 0 || wrong >= Count))
            throw new ArgumentOutOfRangeException(nameof(indices), wrong, $"{Name} has the images 0 to {Count - 1}.");
        return chosen;
    }

    private sealed class Items(ImageDataset images, torchvision.ITransform? transform) : utils.data.Dataset
    {
        public override long Count => images.Count;

        public override Dictionary<string, Tensor> GetTensor(long index)
        {
            var (image, label) = images[checked((int)index)];
            if (transform is null)
                return new() { ["data"] = image, ["label"] = tensor(label) };
            // TorchVision's transforms take batches
            using (image)
            using (var batch = image.unsqueeze(0))
            using (var transformed = transform.call(batch))
                return new() { ["data"] = transformed.squeeze(0), ["label"] = tensor(label) };
        }
    }
}
