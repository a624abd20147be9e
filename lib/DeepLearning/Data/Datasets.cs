namespace DeepLearning.Data;

/// <summary>The options for loading a data set.</summary>
public sealed record DatasetOptions
{
    /// <summary>Gets the folder that is searched first, in torchvision's layout or in the plain one (<c>mnist/*.gz</c>).</summary>
    /// <value>The environment variable DATASETS.</value>
    public string? Folder { get; init; } = Environment.GetEnvironmentVariable("DATASETS");

    /// <summary>Gets the cache folder for downloads and synthetic images.</summary>
    /// <value><c>torch-notebooks/datasets</c> in the user's cache folder.</value>
    public string Cache { get; init; } = Path.Combine(UserCache(), "torch-notebooks", "datasets");

    /// <summary>Gets a value that indicates whether missing files are downloaded.</summary>
    /// <value>true, unless the environment variable DATASETS_OFFLINE is set.</value>
    public bool Download { get; init; } = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DATASETS_OFFLINE"));

    /// <summary>Gets the function that receives messages: the progress of downloads, and whether synthetic images are used.</summary>
    /// <value>The console.</value>
    public Action<string> Report { get; init; } = Console.WriteLine;

    private static string UserCache() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}

/// <summary>MNIST: 70,000 handwritten digits, 28x28. LeCun, Cortes and Burges, 1998.</summary>
public static class Mnist
{
    /// <summary>Loads the training set or the test set, and downloads it on first use.</summary>
    /// <param name="train">true for the 60,000 training images, false for the 10,000 test images.</param>
    /// <param name="options">The options, such as the folder of the files.</param>
    /// <param name="cancellation">A token that cancels a download; the next call resumes it.</param>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static ImageDataset Load(bool train, DatasetOptions? options = null, CancellationToken cancellation = default) =>
        new DatasetSource(DatasetInfo.Mnist, options ?? new(), Drawing.Digit.Draw).Load(train, cancellation);
}

/// <summary>Fashion-MNIST: 70,000 photographs of garments, 28x28, in the files and classes of MNIST. Xiao, Rasul and Vollgraf, 2017.</summary>
public static class FashionMnist
{
    /// <inheritdoc cref="Mnist.Load"/>
    public static ImageDataset Load(bool train, DatasetOptions? options = null, CancellationToken cancellation = default) =>
        new DatasetSource(DatasetInfo.FashionMnist, options ?? new(), Drawing.Garment.Draw).Load(train, cancellation);
}
