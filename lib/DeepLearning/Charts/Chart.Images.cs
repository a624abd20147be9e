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
    /// Draws images in a grid, each with its class. With predictions, the predicted class is green if it is right; if it is wrong, it is orange with
    /// a cross, above the true class.
    /// </summary>
    /// <param name="images">
    /// The images, [N, channels, height, width] or [N, height, width], with one or three channels; bytes are scaled from 0 to 255, other numbers from 0
    /// to 1, or from the minimum to the maximum if values are outside of this range.
    /// </param>
    /// <param name="labels">The true class of each image, from 0.</param>
    /// <param name="predictions">The predicted class of each image.</param>
    /// <param name="classNames">The names of the classes; their numbers by default.</param>
    /// <param name="columns">The number of images per row.</param>
    /// <param name="title">The title of the figure.</param>
    /// <exception cref="ArgumentException">
    /// The tensor has no images, or the number of labels or predictions differs from the number of images.
    /// </exception>
    /// <remarks>Tutorials 002 and 004.</remarks>
    public static Figure ImageGrid(
        Tensor images, Tensor? labels = null, Tensor? predictions = null, IReadOnlyList<string>? classNames = null, int columns = 6, string title = "")
    {
        ArgumentNullException.ThrowIfNull(images);
        return Grid(images, labels is null ? null : Classes(labels), predictions is null ? null : Classes(predictions), classNames, columns, title);
    }

    /// <summary>Draws the first images of a data set with the predictions of a model.</summary>
    /// <param name="images">The images.</param>
    /// <param name="predictions">The predictions for a data set that starts with the images.</param>
    /// <param name="classNames">The names of the classes; their numbers by default.</param>
    /// <param name="columns">The number of images per row.</param>
    /// <param name="title">The title of the figure.</param>
    public static Figure ImageGrid(
        Tensor images, Predictions predictions, IReadOnlyList<string>? classNames = null, int columns = 6, string title = "")
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(predictions);
        var count = (int)images.shape[0];
        return Grid(images, [.. predictions.Labels.Take(count)], [.. predictions.Classes.Take(count)], classNames, columns, title);
    }

    /// <summary>Draws the images with the highest losses, the highest first.</summary>
    /// <param name="predictions">The predictions for <paramref name="images"/>, in the same order.</param>
    /// <param name="images">The images.</param>
    /// <param name="count">The maximum number of images.</param>
    /// <exception cref="ArgumentException">The number of predictions differs from the number of images.</exception>
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
                + "the numbers must be equal.");
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
