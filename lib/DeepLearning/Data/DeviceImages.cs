using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>The bytes of a data set on a device. Batches are gathered and scaled there, so only indices are transferred.</summary>
internal sealed class DeviceImages(ImageDataset images, Device device)
{
    private readonly Tensor _pixels = On(device, images.Pixels, [images.Count, images.Channels, images.Height, images.Width]);
    private readonly Tensor _labels = On(device, images.Labels, [images.Count]);
    private readonly ConditionalWeakTable<PixelScale, Tensor> _scales = [];

    /// <summary>
    /// Gathers images, Float32 [count, channels, height, width], bit-equal to those on the CPU, and their labels, Int64 [count].
    /// </summary>
    public (Tensor Images, Tensor Labels) Gather(ReadOnlySpan<long> indices, PixelScale scale)
    {
        using var scope = NewDisposeScope();
        var chosen = tensor(indices.ToArray(), device: device);
        var pixels = _pixels.index_select(0, chosen);
        // a table of the 256 values gives the results of the CPU; a division on the device might round differently
        var places = pixels.to(ScalarType.Int32);
        if (scale.Channels > 1)
        {
            // the scalars are kept alive during the calls, because TorchSharp does not
            using Scalar first = 0;
            using Scalar end = 256 * scale.Channels;
            using Scalar step = 256;
            using Scalar one = 1;
            places = places.add(arange(first, end, step, ScalarType.Int32, device).reshape(1, -1, 1, 1), one);
        }
        var scaled = _scales.GetValue(scale, Table).index_select(0, places.flatten()).reshape(pixels.shape);
        var labels = _labels.index_select(0, chosen).to(ScalarType.Int64);
        return (scaled.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }

    private Tensor Table(PixelScale scale) => tensor(scale.Values.ToArray(), device: device).DetachFromDisposeScope();

    private static Tensor On(Device device, ReadOnlySpan<byte> bytes, long[] shape)
    {
        using var scope = NewDisposeScope();
        return tensor(bytes.ToArray()).reshape(shape).to(device).DetachFromDisposeScope();
    }
}
