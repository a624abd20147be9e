using TorchSharp;
using TorchSharp.Vision;
using static TorchSharp.torch;

namespace DeepLearning.Data;

// Subsets and splits.
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

    /// <summary>Gets the number of images of each class, like <c>Targets.bincount()</c>.</summary>
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

    /// <summary>Gets the labels as a new tensor, Int64 [N].</summary>
    public Tensor Targets
    {
        get
        {
            using var labels = tensor(_labels);
            return labels.to(ScalarType.Int64);
        }
    }

    /// <summary>
    /// Gets a range of images, Float32 [images, channels, height, width] from 0 to 1, and their labels, Int64 [images]: <c>var (images, labels) =
    /// train[..20];</c>
    /// </summary>
    /// <param name="samples">The range of indices.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is outside of the data set.</exception>
    public (Tensor Images, Tensor Labels) this[Range samples] => Samples(Indices(samples));

    /// <summary>
    /// Returns the images with the given indices, Float32 [images, channels, height, width] from 0 to 1, and their labels, Int64 [images].
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    /// <param name="indices">The indices of the images, from 0.</param>
    public (Tensor Images, Tensor Labels) Samples(IEnumerable<int> indices)
    {
        var chosen = Checked(indices);
        return (Images(chosen, PixelScale.ZeroToOne), LabelsOf(chosen));
    }

    /// <summary>Arranges images in a grid, Float32 [3, height, width] from 0 to 1, like torchvision.utils.make_grid.</summary>
    /// <param name="samples">The images.</param>
    /// <param name="nrow">The number of images per row.</param>
    /// <param name="padding">The number of pixels between images.</param>
    public Tensor Grid(Range samples, int nrow = 8, int padding = 2) => Grid(Indices(samples), nrow, padding);

    /// <inheritdoc cref="Grid(Range, int, int)"/>
    public Tensor Grid(IEnumerable<int> samples, int nrow = 8, int padding = 2)
    {
        using var images = Images(Checked(samples), PixelScale.ZeroToOne);
        return ImageGrid.Make(images, nrow, padding);
    }

    /// <summary>Returns a data set with a copy of the images with the given indices, in that order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is out of range.</exception>
    /// <param name="indices">The indices of the images, from 0.</param>
    public ImageDataset Subset(IEnumerable<int> indices) => new(this, Checked(indices));

    /// <summary>Splits the images randomly into disjoint data sets: <c>var (train, validation) = all.Split([0.9, 0.1]);</c></summary>
    /// <param name="fractions">The fraction of each part, with the sum 1.</param>
    /// <param name="seed">
    /// The seed of the random order. The same seed gives the same parts; without stratification, they equal those of PyTorch's random_split.
    /// </param>
    /// <param name="stratified">Whether each class has the same proportion in every part.</param>
    /// <exception cref="ArgumentException">The fractions do not add up to 1.</exception>
    public Parts<ImageDataset> Split(IReadOnlyList<double> fractions, long seed = 0, bool stratified = false) =>
        Split(Splitting.Lengths(Count, fractions), seed, stratified);

    /// <inheritdoc cref="Split(IReadOnlyList{double}, long, bool)"/>
    /// <param name="lengths">The number of images of each part, with the sum <see cref="Count"/>.</param>
    /// <param name="seed">
    /// The seed of the random order. The same seed gives the same parts; without stratification, they equal those of PyTorch's random_split.
    /// </param>
    /// <param name="stratified">Whether each class has the same proportion in every part.</param>
    public Parts<ImageDataset> Split(IReadOnlyList<long> lengths, long seed = 0, bool stratified = false)
    {
        var parts = stratified
            ? Splitting.Stratified(Classes(), lengths, seed)
            : Splitting.AtRandom(Count, lengths, seed);
        return new(parts.Select(indices => new ImageDataset(this, indices)));
    }

    /// <summary>
    /// Returns the training and validation images of each fold of a cross-validation: <c>foreach (var (train, validation) in all.KFold(5, seed:
    /// 1))</c>. Each image is in the validation images of exactly one fold. The images of a fold are copied when the fold is requested.
    /// </summary>
    /// <param name="folds">The number of folds, at least 2.</param>
    /// <param name="seed">The seed of the random order; null keeps the order, so the validation images of a fold are consecutive.</param>
    /// <param name="stratified">Whether each class has the same proportion in every fold.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of folds is less than 2 or greater than the number of images.</exception>
    public IEnumerable<Fold<ImageDataset>> KFold(int folds, long? seed = null, bool stratified = false)
    {
        var parts = Splitting.Folds(Count, folds, seed, stratified ? Classes() : null);
        return parts.Select(part => new Fold<ImageDataset>(new ImageDataset(this, part.Train), new ImageDataset(this, part.Validation)));
    }

    /// <summary>Returns the class of each image, for class weights or sample weights.</summary>
    public long[] Classes() => [.. _labels.Select(label => (long)label)];

    /// <summary>
    /// Returns the images as a data set of torch.utils.data: sample i is <c>{ "data": [channels, height, width], "label": [] }</c>, as in
    /// TorchVision.
    /// </summary>
    /// <param name="transform">
    /// The transform of each image. It gets a batch of one image, [1, channels, height, width] with values from 0 to 1; none by default. It is called
    /// for each sample; for augmentation, the parameter <c>augment</c> of <see cref="BatchLoader"/> is much faster.
    /// </param>
    public utils.data.Dataset ToDataset(torchvision.ITransform? transform = null) => new Items(this, transform);

    private IEnumerable<int> Indices(Range samples)
    {
        var (start, end) = (samples.Start.GetOffset(Count), samples.End.GetOffset(Count));
        if (start < 0 || end < start || end > Count)
            throw new ArgumentOutOfRangeException(nameof(samples), samples, FormattableString.Invariant($"{Name} has {Count:N0} images; indices start at 0."));
        return Enumerable.Range(start, end - start);
    }

    private long[] Checked(IEnumerable<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        long[] chosen = [.. indices.Select(index => (long)index)];
        if (Array.Find(chosen, index => index < 0 || index >= Count) is var wrong && (wrong < 0 || wrong >= Count))
            throw new ArgumentOutOfRangeException(nameof(indices), wrong, $"The indices of {Name} are 0 to {Count - 1}.");
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
