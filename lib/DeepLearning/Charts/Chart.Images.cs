using DeepLearning.Data;
using DeepLearning.Metrics;
using static System.FormattableString;
using static TorchSharp.torch;

namespace DeepLearning.Charts;

public static partial class Chart
{
    private const double ImagesWidth = 624;
    private const double TitleRoom = 40;

    /// <summary>
    /// Images in a grid, under each its class. With predictions, the predicted class is written, green where it is right; where it is wrong,
    /// orange with a cross, and the true class below.
    /// </summary>
    /// <param name="images">[N, channels, height, width] or [N, height, width], of one or three channels; bytes count from 0 to 255, other numbers
    /// from 0 to 1, or, where some lie outside, from the lowest to the highest.</param>
    /// <param name="labels">The true class of each image, from 0.</param>
    /// <param name="predictions">The predicted class of each image.</param>
    /// <param name="classNames">What the classes are called; their numbers unless told.</param>
    /// <param name="columns">How many images stand side by side.</param>
    /// <param name="title">What stands above.</param>
    /// <exception cref="ArgumentException">The tensor holds no images, or there are not as many labels or predictions as images.</exception>
    /// <remarks>Tutorials 002 and 004.</remarks>
    public static Figure ImageGrid(
        Tensor images, Tensor? labels = null, Tensor? predictions = null, IReadOnlyList<string>? classNames = null, int columns = 6, string title = "")
    {
        ArgumentNullException.ThrowIfNull(images);
        return Grid(images, labels is null ? null : Classes(labels), predictions is null ? null : Classes(predictions), classNames, columns, title);
    }

    /// <summary>The first images of a data set, with what a network makes of them.</summary>
    /// <param name="images">As many images as are to be seen.</param>
    /// <param name="predictions">What the network makes of the set; its first samples are the images.</param>
    /// <param name="classNames">What the classes are called; their numbers unless told.</param>
    /// <param name="columns">How many images stand side by side.</param>
    /// <param name="title">What stands above.</param>
    public static Figure ImageGrid(
        Tensor images, Predictions predictions, IReadOnlyList<string>? classNames = null, int columns = 6, string title = "")
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(predictions);
        var count = (int)images.shape[0];
        return Grid(images, [.. predictions.Labels.Take(count)], [.. predictions.Classes.Take(count)], classNames, columns, title);
    }

    /// <summary>The images that surprise a network most, the worst first.</summary>
    /// <param name="predictions">What the network makes of <paramref name="images"/>, in their order.</param>
    /// <param name="images">The images.</param>
    /// <param name="count">How many at most.</param>
    /// <exception cref="ArgumentException">There are not as many predictions as images.</exception>
    public static Figure TopLosses(Predictions predictions, ImageDataset images, int count = 12)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(images);
        if (predictions.Labels.Count != images.Count)
            throw new ArgumentException($"There are {predictions.Labels.Count} predictions of {images.Count} images.", nameof(predictions));
        using var scope = NewDisposeScope();
        var worst = predictions.TopLosses(count);
        return Grid(
            stack(worst.Select(sample => images[sample].Image)), [.. worst.Select(sample => predictions.Labels[sample])],
            [.. worst.Select(sample => predictions.Classes[sample])], images.ClassNames, 6, "Highest losses");
    }

    private static Figure Grid(Tensor images, long[]? truths, long[]? guesses, IReadOnlyList<string>? classNames, int columns, string title)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        var tiles = Tiles.Of(images);
        if ((truths?.Length ?? tiles.Count) != tiles.Count || (guesses?.Length ?? tiles.Count) != tiles.Count)
        {
            throw new ArgumentException(
                $"There are {tiles.Count} images, {truths?.Length ?? 0} labels and {guesses?.Length ?? 0} predictions; "
                + "each image has one of those given.");
        }

        string Name(long label) => classNames is not null && label >= 0 && label < classNames.Count ? classNames[(int)label] : Invariant($"{label}");
        var picture = tiles.Image(Math.Min(columns, tiles.Count), ImagesWidth, i => (truths?[i], guesses?[i]) switch
        {
            (null, null) => [],
            ({ } truth, null) => [(Name(truth), null)],
            (null, { } guess) => [(Name(guess), null)],
            ({ } truth, { } guess) when truth == guess => [(Name(guess), Palette.Right)],
            ({ } truth, { } guess) => [($"✗ {Name(guess)}", Palette.Wrong), ($"is {Name(truth)}", null)],
        });
        var height = TitleRoom + Math.Min(ImagesWidth / picture.Width, Tiles.Largest / tiles.Width) * picture.Height;
        return new Figure([picture], new Layout(title, [new Panel()]) { PanelHeight = Math.Ceiling(height) });
    }

    private static long[] Classes(Tensor labels)
    {
        using var untracked = no_grad();
        using var numbers = labels.to(ScalarType.Int64).cpu().contiguous();
        return numbers.data<long>().ToArray();
    }
}
