using System.Runtime.ExceptionServices;
using TorchSharp;
using TorchSharp.Vision;
using static TorchSharp.torch;
using ImageReadMode = TorchSharp.torchvision.io.ImageReadMode;

namespace DeepLearning.Data;

/// <summary>The options of <see cref="ImageFolder"/>.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>
    /// Gets the size of the images, in rows and columns: each image is scaled until it covers this size, then center-cropped, like Resize and
    /// CenterCrop. null keeps the sizes, which must then be equal.
    /// </summary>
    /// <value>null.</value>
    public (int Height, int Width)? Size { get; init; }

    /// <summary>Gets a value that indicates whether colors are converted to grayscale, with one channel instead of three.</summary>
    /// <value>false.</value>
    public bool Gray { get; init; }

    /// <summary>
    /// Gets the names of the classes in the order of their labels, for a folder without images of some classes: the class names of the training data.
    /// </summary>
    /// <value>null: the names of the subfolders in ordinal order.</value>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Gets the extensions of the image files.</summary>
    /// <value>.png, .jpg, .jpeg, .bmp, .webp and .gif.</value>
    public IReadOnlyList<string> Extensions { get; init; } = [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif"];
}

/// <summary>
/// Reads image files from a folder with a subfolder for each class, as torchvision's ImageFolder: <c>cats/1.jpg</c>, <c>dogs/2.jpg</c>.
/// </summary>
public static class ImageFolder
{
    /// <summary>Reads all images into memory, in the order of their paths.</summary>
    /// <param name="folder">The folder. Files and folders with names that start with a dot are ignored.</param>
    /// <param name="options">Size, colors and classes; by default the sizes of the files, which must be equal, and three channels.</param>
    /// <param name="cancellation">A token that cancels reading.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">There are no classes, a class has no images, an image is damaged, or sizes differ.</exception>
    /// <exception cref="OperationCanceledException">Reading was canceled.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public static ImageDataset Load(string folder, ImageFolderOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new ImageFolderOptions();
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder {folder} does not exist.");
        var classNames = options.ClassNames ?? Names(Directory.EnumerateDirectories(folder));
        if (classNames.Count is 0 or > ImageDataset.MostClasses)
        {
            throw new InvalidDataException(
                options.ClassNames is null
                    ? $"{folder} has {classNames.Count} subfolders; there must be one for each class, and at most {ImageDataset.MostClasses}."
                    : $"{nameof(ImageFolderOptions)}.{nameof(ImageFolderOptions.ClassNames)} has {classNames.Count} names; there must be at least one, and at most {ImageDataset.MostClasses}.");
        }
        var files = classNames.SelectMany((name, label) => Files(folder, name, options).Select(path => (Path: path, Label: (byte)label))).ToArray();
        if (files.Length == 0)
            throw new InvalidDataException($"{folder} has no images in the subfolders {string.Join(", ", classNames)}.");
        var first = Read(files[0].Path, options, expected: null);
        var pixels = new byte[Length(files.Length, first.Shape)];
        first.Pixels.CopyTo(pixels, 0);
        try
        {
            Parallel.For(1, files.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
                Read(files[i].Path, options, first.Shape).Pixels.CopyTo(pixels, i * first.Pixels.Length));
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
        return new ImageDataset(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), classNames,
            new IdxFile([files.Length, .. first.Shape], pixels), new IdxFile([files.Length], [.. files.Select(file => file.Label)]), isSynthetic: false);
    }

    private static string[] Names(IEnumerable<string> paths) =>
        [.. paths.Select(path => Path.GetFileName(path)!).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];

    private static string[] Files(string folder, string className, ImageFolderOptions options)
    {
        var classFolder = Path.Combine(folder, className);
        string[] files = Directory.Exists(classFolder)
            ? [.. Directory.EnumerateFiles(classFolder, "*", SearchOption.AllDirectories).Where(IsImage).Order(StringComparer.Ordinal)]
            : [];
        // a folder of validation images may lack classes of the training images
        return files.Length > 0 || options.ClassNames is not null
            ? files
            : throw new InvalidDataException($"The class folder {classFolder} has no image with the extension {string.Join(", ", options.Extensions)}.");

        bool IsImage(string path) =>
            Path.GetFileName(path)[0] != '.' && options.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
    }

    private static int Length(int images, int[] shape)
    {
        var bytes = shape.Aggregate((long)images, (product, size) => product * size);
        return bytes <= Array.MaxLength
            ? (int)bytes
            : throw new InvalidDataException(FormattableString.Invariant(
                $"{images:N0} images of {shape[1]}x{shape[2]} need {bytes / 1e9:0.0} GB, but the maximum is 2.1 GB: set a smaller {nameof(ImageFolderOptions.Size)}."));
    }

    private static (byte[] Pixels, int[] Shape) Read(string path, ImageFolderOptions options, int[]? expected)
    {
        using var scope = NewDisposeScope();
        Tensor image;
        try
        {
            image = new ImageFiles().DecodeImage(File.ReadAllBytes(path), options.Gray ? ImageReadMode.GRAY : ImageReadMode.RGB);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
        if (options.Size is var (height, width))
            image = Covering(image, height, width);
        int[] shape = [.. image.shape.Select(size => (int)size)];
        if (expected is not null && !shape.SequenceEqual(expected))
        {
            throw new InvalidDataException(
                $"{path} is {shape[1]}x{shape[2]}, but the first image is {expected[1]}x{expected[2]}: set {nameof(ImageFolderOptions)}.{nameof(options.Size)}.");
        }
        return (image.contiguous().data<byte>().ToArray(), shape);
    }

    /// <summary>Scales an image until it covers a size, and crops it to the size.</summary>
    private static Tensor Covering(Tensor image, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var (fromHeight, fromWidth) = ((int)image.shape[1], (int)image.shape[2]);
        if ((fromHeight, fromWidth) == (height, width))
            return image;
        var factor = Math.Max((double)height / fromHeight, (double)width / fromWidth);
        long[] size = [Math.Max(height, (long)Math.Round(fromHeight * factor)), Math.Max(width, (long)Math.Round(fromWidth * factor))];
        var batch = image.unsqueeze(0).to(ScalarType.Float32);
        // area means for smaller images, because bilinear interpolation would skip pixels
        var scaled = factor < 1
            ? nn.functional.adaptive_avg_pool2d(batch, size)
            : nn.functional.interpolate(batch, size: size, mode: InterpolationMode.Bilinear, align_corners: false);
        var (top, left) = ((size[0] - height) / 2, (size[1] - width) / 2);
        using Scalar black = 0; // these are kept alive during the call, because TorchSharp does not keep them alive
        using Scalar white = 255;
        return scaled.squeeze(0).narrow(1, top, height).narrow(2, left, width).round().clamp(black, white).to(ScalarType.Byte);
    }
}
