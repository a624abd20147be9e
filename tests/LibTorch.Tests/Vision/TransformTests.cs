using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torchvision.transforms;

namespace LibTorch.Tests.Vision;

public sealed class TransformTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Transforms_are_composed_in_order_and_leave_nothing_behind()
    {
        var transform = Compose(ToTensor(), Pad(2), RandomHorizontalFlip(1), Normalize([0.5], [0.5]), Lambda(image => image));
        var bytes = full([4, 4, 1], 255, ScalarType.Byte);
        var before = Tensor.TotalCount;
        var image = transform.call(bytes);
        Assert.Equal(before + 1, Tensor.TotalCount);
        Assert.Equal([1, 8, 8], image.shape);
        Assert.Equal(-1, image[0, 0, 0].ToSingle());
        Assert.Equal(1, image[0, 4, 4].ToSingle());
        Assert.Equal("Compose(ToTensor, Pad, Randomize, Normalize, Lambda)", transform.ToString());
    }

    [Fact]
    public void A_transform_that_changes_nothing_still_gives_a_tensor_of_its_own()
    {
        var image = rand(3, 4, 4);
        foreach (var transform in new[] { RandomVerticalFlip(0), Resize(4, 4), Compose(), ColorJitter(), RandomCrop(4), CenterCrop(4) })
        {
            transform.call(image).Dispose();
            Assert.False(image.IsInvalid);
        }
    }

    [Fact]
    public void Normalize_in_place_changes_the_image_itself()
    {
        var image = ones(3, 2, 2);
        Normalize([1, 2, 3], [1, 1, 2], inplace: true).call(image);
        Assert.Equal([0, -1, -1], image.mean([1, 2]).ToArray<float>());
    }

    [Fact]
    public void A_batch_with_more_dimensions_is_resized_image_by_image()
    {
        var videos = rand(2, 3, 1, 6, 6);
        var result = Resize(3, 3, InterpolationMode.Bilinear).call(videos);
        Assert.Equal([2, 3, 1, 3, 3], result.shape);
        Assert.True(result[1, 2].allclose(Resize(3, 3, InterpolationMode.Bilinear).call(videos[1, 2])));
    }

    [Fact]
    public void Gradients_flow_through_transforms()
    {
        var image = rand([1, 3, 4, 4], requires_grad: true);
        Compose(AdjustContrast(0.5), AdjustHue(0.1), Rotate(20, InterpolationMode.Bilinear), Normalize([0.5], [2])).call(image).sum().backward();
        Assert.True(image.grad!.isfinite().all().ToBoolean());
        Assert.True(image.grad!.abs().sum().ToSingle() > 0);
    }

    [Fact]
    public void Random_transforms_repeat_after_the_same_seed()
    {
        var transform = Compose(RandomChoice(Pad(1), Pad(2)), RandomOrder(Invert(), AdjustGamma(2)), RandomResizedCrop(3));
        var image = rand(3, 8, 8);
        manual_seed(3);
        Tensor[] first = [.. Enumerable.Range(0, 5).Select(_ => transform.call(image))];
        manual_seed(3);
        Assert.All(first, result => Assert.True(result.allclose(transform.call(image))));
        Assert.False(first[0].allclose(first[1]));
    }

    [Fact]
    public void Random_choices_reach_every_transform()
    {
        var transform = RandomChoice(Lambda(_ => tensor(0)), Lambda(_ => tensor(1)), Lambda(_ => tensor(2)));
        manual_seed(1);
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 30).Select(_ => transform.call(zeros(1)).item<int>()).Distinct().Order());
    }

    [Fact]
    public void A_grid_does_not_change_or_share_its_images()
    {
        var images = rand(1, 1, 4, 4);
        var before = images.clone();
        torchvision.utils.make_grid(images, normalize: true).fill_(9);
        torchvision.utils.make_grid(images).fill_(9);
        Assert.True(images.allclose(before));
    }

    public static TheoryData<string, Func<Tensor>> Mistakes => new()
    {
        { "Byte", () => Normalize([0.5], [0.5]).call(zeros([1, 4, 4], ScalarType.Byte)) },
        { "2 means for the channels", () => Normalize([0.5, 0.5], [1, 1]).call(zeros(3, 4, 4)) },
        { "standard deviation of 0", () => Normalize([0.5], [0]).call(zeros(3, 4, 4)) },
        { "2 means and 1 standard deviations", () => Normalize([0.5, 1], [0]).call(zeros(3, 4, 4)) },
        { "use ConvertImageDtype", () => ToTensor().call(zeros([3, 28, 28], ScalarType.Byte)) },
        { "does not fit into an image of 4x4", () => RandomCrop(5).call(zeros(3, 4, 4)) },
        { "maxSize (8)", () => Resize(8, maxSize: 8).call(zeros(3, 4, 4)) },
        { "cannot be resized to 0x4", () => Resize(0, 4).call(zeros(3, 4, 4)) },
        { "takes 1, 2 or 4 numbers, not 3", () => Pad([1, 2, 3]).call(zeros(3, 4, 4)) },
        { "images of 1 or 3 channels", () => AdjustBrightness(2).call(zeros(2, 4, 4)) },
        { "not Bicubic", () => Rotate(3, InterpolationMode.Bicubic).call(zeros(3, 4, 4)) },
        { "too few digits", () => ConvertImageDtype(ScalarType.Int64).call(zeros(3, 4, 4)) },
        { "has a height and a width", () => CenterCrop(2).call(zeros(4)) },
        { "at least one image", () => torchvision.utils.make_grid(zeros(0, 3, 4, 4)) },
        { "floating-point images", () => torchvision.utils.make_grid(zeros([2, 3, 4, 4], ScalarType.Byte), normalize: true) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named(string reason, Func<Tensor> mistake) =>
        Assert.Contains(reason, Assert.ThrowsAny<ArgumentException>(() => mistake()).Message, StringComparison.Ordinal);
}
