using TorchSharp;
using TorchSharp.Vision;
using static TorchSharp.torch;

namespace DeepLearning.Data;

// Parts of the images.
public sealed partial class ImageDataset
{
    private ImageDataset(ImageDataset whole, ReadOnlySpan<long> indices)
    {
        (Name, ClassNames, IsSynthetic) = (whole.Name, whole.ClassNames, whole.IsSynthetic);
        (Channels, Height, Width) = (whole.Channels, whole.Height, whole.Width);
        var size = ImageSize;
        _pixels = new byte[indices.Length * size];
        _labels = new byte[indices.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            whole._pixels.AsSpan((int)indices[i] * size, size).CopyTo(_pixels.AsSpan(i * size));
            _labels[i] = whole._labels[indices[i]];
        }
    }

    /// <summary>Gets the number of images of each class, as <c>Targets.bincount()</c> gives it.</summary>
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

    /// <summary>Gets all labels as a new tensor, Int64 [N].</summary>
    public Tensor Targets
    {
        get
        {
            using var labels = tensor(_labels);
            return labels.to(ScalarType.Int64);
        }
    }

    /// <summary>
    /// Gets some images, Float32 [images, channels, height, width] from 0 to 1, and their labels, Int64 [images]: <c>var (images, labels) = train[..20];</c>
    /// </summary>
    public (Tensor Images, Tensor Labels) this[Range samples] => Samples(Indices(samples));

    /// <summary>Returns the images of some indices, Float32 [images, channels, height, width] from 0 to 1, and their labels, Int64 [images].</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no image of an index.</exception>
    public (Tensor Images, Tensor Labels) Samples(IEnumerable<int> indices)
    {
        var chosen = Checked(indices);
        return (Images(chosen, PixelScale.ZeroToOne), LabelsOf(chosen));
    }

    /// <summary>Arranges images side by side as one, Float32 [3, height, width] from 0 to 1, as torchvision.utils.make_grid does.</summary>
    /// <param name="samples">The images.</param>
    /// <param name="nrow">The number of images of a row.</param>
    /// <param name="padding">The number of pixels between images.</param>
    public Tensor Grid(Range samples, int nrow = 8, int padding = 2) => Grid(Indices(samples), nrow, padding);

    /// <inheritdoc cref="Grid(Range, int, int)"/>
    public Tensor Grid(IEnumerable<int> samples, int nrow = 8, int padding = 2)
    {
        using var images = Images(Checked(samples), PixelScale.ZeroToOne);
        return ImageGrid.Make(images, nrow, padding);
    }

    /// <summary>Returns a data set of the images of some indices, in that order, with a copy of their pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no image of an index.</exception>
    public ImageDataset Subset(IEnumerable<int> indices) => new(this, Checked(indices));

    /// <summary>Splits the images at random into data sets that do not overlap: <c>var (train, validation) = all.Split([0.9, 0.1]);</c></summary>
    /// <param name="fractions">The fraction of each part; together 1.</param>
    /// <param name="seed">The seed of the random order. The same seed gives the same parts, and those of PyTorch's random_split unless stratified.</param>
    /// <param name="stratified">Whether each class has the same proportion in all parts.</param>
    /// <exception cref="ArgumentException">The fractions do not add up to 1.</exception>
    public Parts<ImageDataset> Split(IReadOnlyList<double> fractions, long seed = 0, bool stratified = false) =>
        Split(Splitting.Lengths(Count, fractions), seed, stratified);

    /// <inheritdoc cref="Split(IReadOnlyList{double}, long, bool)"/>
    /// <param name="lengths">The number of images of each part; together all.</param>
    /// <param name="seed">The seed of the random order. The same seed gives the same parts, and those of PyTorch's random_split unless stratified.</param>
    /// <param name="stratified">Whether each class has the same proportion in all parts.</param>
    public Parts<ImageDataset> Split(IReadOnlyList<long> lengths, long seed = 0, bool stratified = false)
    {
        var parts = stratified
            ? Splitting.Stratified(Classes(), lengths, seed)
            : Splitting.AtRandom(Count, lengths, seed);
        return new(parts.Select(indices => new ImageDataset(this, indices)));
    }

    /// <summary>
    /// Returns the training and the validation images of each fold of a cross-validation: <c>foreach (var (train, validation) in all.KFold(5, seed: 1))</c>.
    /// Each image is in the validation images of one fold. The images of a fold are copied when the fold is requested.
    /// </summary>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="seed">The seed of the random order; null keeps the order, so that a fold's validation images stand side by side.</param>
    /// <param name="stratified">Whether each class has the same proportion in all folds.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more than images.</exception>
    public IEnumerable<Fold<ImageDataset>> KFold(int folds, long? seed = null, bool stratified = false)
    {
        var parts = Splitting.Folds(Count, folds, seed, stratified ? Classes() : null);
        return parts.Select(part => new Fold<ImageDataset>(new ImageDataset(this, part.Train), new ImageDataset(this, part.Validation)));
    }

    /// <summary>Returns the class of each image, for weights of classes or of samples.</summary>
    public long[] Classes() => [.. _labels.Select(label => (long)label)];

    /// <summary>
    /// Returns the images for torch.utils.data: sample i is <c>{ "data": [channels, height, width], "label": [] }</c>, as those of TorchVision are.
    /// </summary>
    /// <param name="transform">
    /// The transform of each image, which it gets as a batch of one, [1, channels, height, width] with values from 0 to 1; none by default. It is called
    /// for each sample: to augment images, the <c>augment</c> of a <see cref="BatchLoader"/> is much faster.
    /// </param>
    public utils.data.Dataset ToDataset(torchvision.ITransform? transform = null) => new Items(this, transform);

    private IEnumerable<int> Indices(Range samples)
    {
        var (start, end) = (samples.Start.GetOffset(Count), samples.End.GetOffset(Count));
        if (start < 0 || end < start || end > Count)
            throw new ArgumentOutOfRangeException(nameof(samples), samples, FormattableString.Invariant($"{Name} has {Count:N0} images, from 0."));
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
            using (image)
                return new() { ["data"] = transform.Transformed(image), ["label"] = tensor(label) };
        }
    }
}
