using Bench.Measurement;
using DeepLearning.Data;

namespace Bench.Accuracy;

/// <summary>Loads the data sets, and writes them as raw files for PyTorch's side.</summary>
internal sealed class ImageFiles(string folder)
{
    private readonly Dictionary<(string, bool), ImageDataset> _sets = [];

    public string Folder => folder;

    /// <summary>Loads a split of "mnist" or "fashion".</summary>
    /// <exception cref="InvalidOperationException">The real data is not available.</exception>
    public ImageDataset Load(string name, bool train)
    {
        if (_sets.TryGetValue((name, train), out var known))
            return known;
        var set = RealImages.Require(name == "mnist" ? Mnist.Load(train) : FashionMnist.Load(train));
        _sets.Add((name, train), set);
        return set;
    }

    /// <summary>Writes pixels and labels as bytes.</summary>
    public void Write(string name)
    {
        Directory.CreateDirectory(folder);
        foreach (var train in new[] { true, false })
        {
            var set = Load(name, train);
            File.WriteAllBytes(Path.Combine(folder, $"{name}-{(train ? "train" : "test")}.pixels"), set.Pixels);
            File.WriteAllBytes(Path.Combine(folder, $"{name}-{(train ? "train" : "test")}.labels"), set.Labels);
        }
    }
}
