using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace LibTorch.Tests.Modules;

public sealed class RearrangingTests
{
    [Fact]
    public void Pixels_are_shuffled_into_space_and_back()
    {
        using var scope = NewDisposeScope();
        var channels = arange(8).reshape(1, 4, 1, 2);
        var image = F.pixel_shuffle(channels, 2);
        Assert.Equal([1, 1, 2, 4], image.shape);
        Assert.Equal([0, 2, 1, 3, 4, 6, 5, 7], image.ToArray<long>());
        Assert.Equal(channels.ToArray<long>(), F.pixel_unshuffle(image, 2).ToArray<long>());
    }

    [Fact]
    public void A_grid_of_a_mirror_mirrors_the_image()
    {
        using var scope = NewDisposeScope();
        var image = arange(6).reshape(1, 1, 2, 3).@float();
        var mirror = tensor(new float[,,] { { { -1, 0, 0 }, { 0, 1, 0 } } });
        var mirrored = F.grid_sample(image, F.affine_grid(mirror, [1, 1, 2, 3]), GridSampleMode.Nearest);
        Assert.Equal([2, 1, 0, 5, 4, 3], mirrored.ToArray<float>());
    }
}
