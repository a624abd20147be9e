using DeepLearning.Data;

namespace DeepLearning.Tests.Data;

/// <summary>Small sets of images.</summary>
internal static class Images
{
    public static ImageDataset Of(byte[] pixels, byte[] labels, int height = 1, int width = 1) => new(
        "Small", [.. Enumerable.Range(0, 10).Select(i => $"{i}")], new IdxFile([labels.Length, height, width], pixels),
        new IdxFile([labels.Length], labels), isSynthetic: false);

    /// <summary>Image i is one pixel of value i, with the label i % 10.</summary>
    public static ImageDataset OfIndices(int count) =>
        Of([.. Enumerable.Range(0, count).Select(i => (byte)i)], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);

    /// <summary>Returns the indices of images of such a set.</summary>
    public static IEnumerable<long> Indices(ImageDataset part) => part.Pixels.ToArray().Select(pixel => (long)pixel);
}
