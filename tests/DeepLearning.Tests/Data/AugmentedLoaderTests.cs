using DeepLearning.Data;
using DeepLearning.Training;
using DeepLearning.Training.Callbacks;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class AugmentedLoaderTests
{
    private static readonly Augmentation[] _some =
    [
        Augmentation.RandomCrop(padding: 1), Augmentation.RandomHorizontalFlip(), Augmentation.RandomRotation(20), Augmentation.RandomErasing(),
    ];

    // 30 random images of 6x5
    private readonly ImageDataset _set = Random(30, 6, 5);
    private int _batches;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void The_images_depend_only_on_the_seed_for_any_number_of_workers(int workers)
    {
        manual_seed(5);
        var expected = Epoch(new BatchLoader(_set, 4, shuffle: true, augment: _some));
        manual_seed(5);
        Assert.Equal(expected, Epoch(new BatchLoader(_set, 4, shuffle: true, workers, augment: _some)));
        Assert.NotEqual(expected, Epoch(new BatchLoader(_set, 4, shuffle: true, workers, augment: _some)));
    }

    [Fact]
    public void The_rest_of_an_epoch_has_the_same_images_as_in_the_whole_epoch()
    {
        var loader = new BatchLoader(_set, 4, shuffle: true, augment: _some);
        manual_seed(5);
        var whole = Epoch(loader);
        manual_seed(5);
        Assert.Equal(whole[(3 * 4 * 30)..], loader.Epoch(skip: 3).SelectMany(batch => batch.Inputs.data<float>().ToArray()));
    }

    [Fact]
    public void Augmentation_changes_neither_the_order_nor_the_data_set()
    {
        var before = _set.Pixels.ToArray();
        manual_seed(5);
        var plain = new BatchLoader(_set, 4, shuffle: true).SelectMany(batch => batch.Labels.data<long>().ToArray()).ToArray();
        manual_seed(5);
        var augmented = new BatchLoader(_set, 4, shuffle: true, augment: _some).SelectMany(batch => batch.Labels.data<long>().ToArray()).ToArray();
        Assert.Equal(plain, augmented);
        Assert.Equal(before, _set.Pixels.ToArray());
    }

    [Fact]
    public void Pixels_are_augmented_before_they_are_scaled()
    {
        var black = Images.Of(new byte[6], [0], 2, 3);
        var scale = PixelScale.Normalized(0.5, 0.25);
        var images = new BatchLoader(black, scale: scale, augment: [Augmentation.RandomCrop(padding: 2, fill: 255)]).Single().Images;
        Assert.Subset(new HashSet<float> { -2f, 2f }, images.data<float>().ToArray().ToHashSet());
        var cropped = new BatchLoader(black, augment: [Augmentation.RandomCrop(height: 1, width: 2)]).Single().Images;
        Assert.Equal([1, 1, 1, 2], cropped.shape);
    }

    [Fact]
    public void A_function_can_return_its_input_or_another_tensor()
    {
        var returned = Augmentation.Custom((images, _) => images);
        var view = Augmentation.Custom((images, _) => images[.., .., .., 1..]);
        var images = new BatchLoader(_set, 30, augment: [returned, view, returned]).Single().Images;
        Assert.True(_set[..].Images[.., .., .., 1..].allclose(images, 0, 0));
        var wrong = Augmentation.Custom((images, _) => images.to(ScalarType.Float32));
        var error = Assert.Throws<InvalidOperationException>(() => new BatchLoader(_set, 30, augment: [wrong]).First());
        Assert.Equal("An augmentation must return Byte [30, C, H, W] on the CPU, but CustomAugmentation returned Float32 [30, 1, 6, 5] on cpu.", error.Message);
        var nothing = Augmentation.Custom((_, _) => null!);
        error = Assert.Throws<InvalidOperationException>(() => new BatchLoader(_set, 30, augment: [nothing]).First());
        Assert.Equal("An augmentation must return images, but CustomAugmentation returned null.", error.Message);
    }

    [Fact]
    public void A_transform_gets_whole_batches_and_may_return_its_input()
    {
        var normalized = new BatchLoader(_set, 30, transform: torchvision.transforms.Normalize([0.5], [0.25]).call).Single().Images;
        Assert.True(normalized.allclose((_set[..].Images - 0.5) / 0.25, 1e-5, 1e-6));
        var loader = new BatchLoader(_set, 10, workers: 1, transform: torchvision.transforms.Randomize(torchvision.transforms.HorizontalFlip(), 0.5).call);
        for (var epoch = 0; epoch < 5; epoch++)
            Assert.Equal(3, loader.Count(batch => !batch.Images.IsInvalid));
    }

    [Fact]
    public void An_epoch_leaves_no_tensors()
    {
        var loader = new BatchLoader(_set, 4, shuffle: true, augment: _some, transform: images => images * 2);
        var before = LiveTensors.Settle();
        foreach (var (images, labels) in loader)
        {
            images.Dispose();
            labels.Dispose();
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Augmented_batches_equal_those_on_another_device()
    {
        manual_seed(5);
        var expected = Epoch(new BatchLoader(_set, 4, augment: _some));
        manual_seed(5);
        Assert.Equal(expected, Epoch(new BatchLoader(_set, 4, augment: _some, device: new Device("cpu"))));
    }

    [Fact]
    public void Training_resumed_within_an_epoch_continues_with_the_same_images()
    {
        using var folder = new TemporaryFolder();
        var expected = Train(folder["whole"], CancellationToken.None);
        using var source = new CancellationTokenSource();
        var interrupting = Augmentation.Custom((images, _) =>
        {
            // the fourth batch of the first epoch
            if (images.shape[0] == 4 && ++_batches == 4)
                source.Cancel();
            return images;
        });
        Train(folder["cut"], source.Token, interrupting);
        Assert.True(source.IsCancellationRequested);
        Assert.Equal(expected, Train(folder["cut"], CancellationToken.None));
    }

    private float[] Train(string folder, CancellationToken cancellation, params Augmentation[] more)
    {
        manual_seed(7);
        using var model = nn.Sequential(nn.Flatten(), nn.Linear(30, 10));
        Trainer.Fit(model, new BatchLoader(_set, 4, shuffle: true, augment: [.. _some, .. more]), options: new TrainerOptions
        {
            Epochs = 2,
            Callbacks = [new ModelCheckpoint(folder) { EverySteps = 1 }],
        }, cancellation: cancellation);
        return [.. model.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];
    }

    internal static ImageDataset Random(int count, int height, int width, int channels = 1)
    {
        var random = new Random(1);
        var pixels = new byte[count * channels * height * width];
        random.NextBytes(pixels);
        return ImageDataset.Of(
            "random", tensor(pixels).reshape(count, channels, height, width), arange(count).remainder(10), [.. Enumerable.Range(0, 10).Select(i => $"{i}")]);
    }

    private static float[] Epoch(BatchLoader loader) => [.. loader.SelectMany(batch => batch.Images.data<float>().ToArray())];
}
