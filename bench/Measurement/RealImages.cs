using DeepLearning.Data;

namespace Bench.Measurement;

/// <summary>Checks that a data set has the real images.</summary>
internal static class RealImages
{
    /// <summary>Returns the data set.</summary>
    /// <exception cref="InvalidOperationException">The data set is synthetic, because the real images are not available.</exception>
    public static ImageDataset Require(ImageDataset set) => set.IsSynthetic
        ? throw new InvalidOperationException($"{set.Name} is not available, and benchmarks require the real images: set DATASETS to the folder with the data.")
        : set;
}
