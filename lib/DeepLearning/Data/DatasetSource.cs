using DeepLearning.Data.Drawing;
using DeepLearning.Files;

namespace DeepLearning.Data;

/// <summary>
/// Finds the files of a data set in the given folder, in the cache or on the network. If they are not available, the class generates synthetic
/// images.
/// </summary>
internal sealed class DatasetSource(DatasetInfo info, DatasetOptions options, SyntheticImages.Draw draw)
{
    public ImageDataset Load(bool train, CancellationToken cancellation)
    {
        string[] names = train
            ? [DatasetInfo.TrainImages, DatasetInfo.TrainLabels]
            : [DatasetInfo.TestImages, DatasetInfo.TestLabels];
        if (Find(names) is { } found)
            return Read(found, isSynthetic: false);
        if (!options.Download)
            return Synthetic(train, names, "was not found");
        using var download = new Download(options.Report);
        return InCache(() => Fetch(download, names, cancellation)) is { } fetched
            ? Read(fetched, isSynthetic: false)
            : Synthetic(train, names, $"could not be downloaded ({string.Join("; ", download.Failures)})");
    }

    private string[]? Find(string[] names)
    {
        string[] roots = options.Folder is { Length: > 0 } folder ? [folder, options.Cache] : [options.Cache];
        string[] places = [info.Folder, Path.Combine(info.TorchvisionFolder, "raw")];
        foreach (var place in roots.SelectMany(root => places.Select(place => Path.Combine(root, place))))
        {
            string[] files = [.. names.Select(name => FirstThatExists(Path.Combine(place, name), Path.Combine(place, name + ".gz"))).OfType<string>()];
            if (files.Length == names.Length)
                return files;
        }
        if (options.Folder is { Length: > 0 } && !Directory.Exists(options.Folder))
            options.Report($"DATASETS is {options.Folder}, which is not a folder: only the cache and the network are searched.");
        return null;
    }

    private string[]? Fetch(Download download, string[] names, CancellationToken cancellation)
    {
        var folder = Path.Combine(options.Cache, info.Folder);
        Directory.CreateDirectory(folder);
        List<string> files = [];
        foreach (var name in names)
        {
            var file = Path.Combine(folder, name + ".gz");
            if (!File.Exists(file) && !download.Fetch(info.Mirrors, name + ".gz", file, info.Md5[name], cancellation))
                return null;
            files.Add(file);
        }
        return [.. files];
    }

    private ImageDataset Synthetic(bool train, string[] names, string why)
    {
        options.Report(
            $"{info.Name}'s {(train ? "training" : "test")} set {why}: synthetic images are used instead. "
            + "Accuracies differ from those on the real images.");
        return Read(InCache(() => SyntheticFiles(train, names)), isSynthetic: true);
    }

    private string[] SyntheticFiles(bool train, string[] names)
    {
        var folder = Path.Combine(options.Cache, "synthetic", info.Folder);
        string[] files = [.. names.Select(name => Path.Combine(folder, $"{name}.v{SyntheticImages.Version}.gz"))];
        if (files.All(File.Exists))
            return files;
        Directory.CreateDirectory(folder);
        var (images, labels) = train ? SyntheticImages.Make(draw, 60_000, seed: 1) : SyntheticImages.Make(draw, 10_000, seed: 2);
        AtomicFile.Write(files[0], images.Write);
        AtomicFile.Write(files[1], labels.Write);
        return files;
    }

    private T InCache<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The cache of data sets, {options.Cache}, cannot be written: {error.Message} Set {nameof(DatasetOptions)}.{nameof(options.Cache)} to another "
                + "folder, or DATASETS to the folder that has the files.", error);
        }
    }

    private ImageDataset Read(string[] files, bool isSynthetic) =>
        new(info.Name, info.ClassNames, IdxFile.Read(files[0], rank: 3), IdxFile.Read(files[1], rank: 1), isSynthetic);

    private static string? FirstThatExists(params string[] files) => Array.Find(files, File.Exists);
}
