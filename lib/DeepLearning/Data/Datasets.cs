namespace DeepLearning.Data;

/// <summary>Where data sets are looked for, and who is told.</summary>
public sealed record DatasetOptions
{
    /// <summary>A folder that is looked into first, laid out as torchvision does or plainly (<c>mnist/*.gz</c>).</summary>
    /// <value>The environment variable DATASETS.</value>
    public string? Folder { get; init; } = Environment.GetEnvironmentVariable("DATASETS");

    /// <summary>Where downloads and drawn stand-ins are kept.</summary>
    /// <value><c>torch-notebooks/datasets</c> in the user's cache folder.</value>
    public string Cache { get; init; } = Path.Combine(UserCache(), "torch-notebooks", "datasets");

    /// <summary>Whether what is missing is downloaded.</summary>
    /// <value>true, unless the environment variable DATASETS_OFFLINE is set.</value>
    public bool Download { get; init; } = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DATASETS_OFFLINE"));

    /// <summary>Receives one line about each thing that takes time or differs from the real data.</summary>
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
    /// <summary>Loads one of the two splits; downloads it the first time.</summary>
    /// <param name="train">The 60,000 training images, or the 10,000 test images.</param>
    /// <param name="options">Where to look.</param>
    /// <param name="cancellation">Ends a download, which goes on from there the next time.</param>
    /// <exception cref="InvalidDataException">A file that was found is damaged.</exception>
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
