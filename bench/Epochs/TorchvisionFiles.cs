using System.Buffers.Binary;
using Bench.Measurement;

namespace Bench.Epochs;

/// <summary>Writes the data sets in the layout of torchvision in PyTorch and TorchSharp.</summary>
internal static class TorchvisionFiles
{
    /// <summary>Writes both splits to a folder.</summary>
    /// <exception cref="InvalidOperationException">The real images are not available.</exception>
    public static void Write(EpochSetup setup, string root)
    {
        var pytorch = Directory.CreateDirectory(Path.Combine(root, setup.Fashion ? "FashionMNIST" : "MNIST", "raw")).FullName;
        var torchSharp = Directory.CreateDirectory(Path.Combine(root, setup.Fashion ? "fashion-mnist" : "mnist", "test_data")).FullName;
        foreach (var (train, prefix) in new[] { (true, "train"), (false, "t10k") })
        {
            var set = RealImages.Require(setup.Load(train));
            foreach (var folder in new[] { pytorch, torchSharp })
            {
                Write(Path.Combine(folder, $"{prefix}-images-idx3-ubyte"), [set.Count, 28, 28], set.Pixels);
                Write(Path.Combine(folder, $"{prefix}-labels-idx1-ubyte"), [set.Count], set.Labels);
            }
        }
    }

    private static void Write(string path, int[] sizes, ReadOnlySpan<byte> elements)
    {
        if (File.Exists(path))
            return;
        using var file = File.Create(path);
        Span<byte> number = stackalloc byte[4];
        file.Write([0, 0, 8, (byte)sizes.Length]);
        foreach (var size in sizes)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, size);
            file.Write(number);
        }
        file.Write(elements);
    }
}
