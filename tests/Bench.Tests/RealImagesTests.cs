using Bench.Measurement;
using DeepLearning.Data;

namespace Bench.Tests;

public sealed class RealImagesTests : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("real-images-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public void Synthetic_images_are_rejected_with_the_variable_that_names_the_folder()
    {
        var set = Mnist.Load(train: false, new DatasetOptions { Folder = null, Cache = _cache, Download = false, Report = _ => { } });

        var error = Assert.Throws<InvalidOperationException>(() => RealImages.Require(set));
        Assert.Equal("MNIST is not available, and benchmarks require the real images: set DATASETS to the folder with the data.", error.Message);
    }
}
