using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torchvision;
using static TorchSharp.torchvision.transforms;
using F = TorchSharp.torchvision.transforms.functional;

namespace LibTorch.Tests.Parity;

// Expected values: transforms.json, written by transforms.py with torchvision; each line here is the line of the same name there.
public sealed class TransformParityTests
{
    private const InterpolationMode Bilinear = InterpolationMode.Bilinear;

    private static readonly JsonElement _expected = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parity", "transforms.json"))).RootElement;

    private static readonly Tensor batch =
        arange(180, ScalarType.Float32).mul(0.37).sin().mul(0.5).add(0.5).reshape(2, 3, 5, 6);

    private static readonly Tensor image = batch[0];
    private static readonly Tensor pixels = (arange(90) * 37 % 256).to(ScalarType.Byte).reshape(3, 5, 6);
    private static readonly Tensor grey = batch[0, ..1];
    private static readonly Tensor wide = arange(300, ScalarType.Float32).mul(0.11).cos().mul(0.5).add(0.5).reshape(3, 10, 10);

    private static readonly Dictionary<string, Func<Tensor>> _expressions = new()
    {
        ["to tensor"] = () => ToTensor().call(pixels.permute(1, 2, 0)),
        ["to tensor grey"] = () => ToTensor().call(pixels[0]),
        ["normalize"] = () => Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4]).call(image),
        ["normalize batch"] = () => Normalize([0.4, 0.5, 0.6], [0.2, 0.3, 0.4]).call(batch),
        ["normalize grey"] = () => Normalize([0.286], [0.3205]).call(grey),
        ["to float"] = () => ConvertImageDtype(ScalarType.Float32).call(pixels),
        ["to byte"] = () => ConvertImageDtype(ScalarType.Byte).call(image),
        ["to short"] = () => ConvertImageDtype(ScalarType.Int16).call(pixels),
        ["short to byte"] = () => ConvertImageDtype(ScalarType.Byte).call(pixels.to(ScalarType.Int16) * 100),
        ["resize"] = () => Resize(3, 8, Bilinear).call(image),
        ["resize batch"] = () => Resize(3, 8, Bilinear).call(batch),
        ["resize nearest"] = () => Resize(7, 4).call(image),
        ["resize bicubic"] = () => Resize(7, 8, InterpolationMode.Bicubic).call(pixels),
        ["resize antialias"] = () => Resize(4, 3, Bilinear, antialias: true).call(wide),
        ["resize bytes"] = () => Resize(3, 8, Bilinear).call(pixels),
        ["resize shorter edge"] = () => Resize(3, Bilinear).call(image),
        ["resize longest edge"] = () => Resize(6, Bilinear, maxSize: 7).call(image),
        ["crop"] = () => Crop(1, 2, 3, 3).call(image),
        ["crop outside"] = () => Crop(-1, 4, 3, 5).call(image),
        ["center crop"] = () => CenterCrop(2, 3).call(image),
        ["center crop larger"] = () => CenterCrop(8, 3).call(image),
        ["resized crop"] = () => F.resized_crop(image, 1, 1, 3, 4, 6, 2, Bilinear),
        ["horizontal flip"] = () => HorizontalFlip().call(batch),
        ["vertical flip"] = () => VerticalFlip().call(image),
        ["pad"] = () => Pad([1, 2, 3, 0], fill: 0.5).call(image),
        ["pad two"] = () => Pad([1, 2]).call(pixels),
        ["pad reflect"] = () => Pad(2, PaddingModes.Reflect).call(pixels),
        ["pad edge"] = () => Pad(1, PaddingModes.Replicate).call(batch),
        ["grayscale"] = () => Grayscale().call(batch),
        ["grayscale bytes"] = () => Grayscale(3).call(pixels),
        ["brightness"] = () => AdjustBrightness(1.3).call(image),
        ["brightness bytes"] = () => AdjustBrightness(0.7).call(pixels),
        ["contrast"] = () => AdjustContrast(1.4).call(batch),
        ["contrast bytes"] = () => AdjustContrast(0.6).call(pixels),
        ["contrast grey"] = () => AdjustContrast(0.6).call(grey),
        ["saturation"] = () => AdjustSaturation(1.7).call(image),
        ["hue"] = () => AdjustHue(0.2).call(image),
        ["hue batch"] = () => AdjustHue(-0.45).call(batch),
        ["hue of grey pixels"] = () => AdjustHue(0.3).call(grey.expand(3, -1, -1)),
        ["gamma"] = () => AdjustGamma(1.8, 0.9).call(image),
        ["gamma bytes"] = () => AdjustGamma(0.5).call(pixels),
        ["sharpness"] = () => AdjustSharpness(1.9).call(image),
        ["sharpness bytes"] = () => AdjustSharpness(0.3).call(pixels),
        ["invert"] = () => Invert().call(pixels),
        ["erase"] = () => Erase(1, 2, 3, 2, tensor(0.25f)).call(image),
        ["rotate"] = () => Rotate(30).call(image),
        ["rotate bilinear"] = () => Rotate(-75.5f, Bilinear).call(batch),
        ["rotate expand"] = () => Rotate(45, Bilinear, expand: true).call(image),
        ["rotate about"] = () => Rotate(20, Bilinear, center: (1, 2)).call(image),
        ["rotate fill"] = () => Rotate(40, fill: [0.1f, 0.5f, 0.9f]).call(image),
        ["rotate fill bilinear"] = () => Rotate(40, Bilinear, fill: [0.7f]).call(image),
        ["rotate bytes"] = () => Rotate(25, Bilinear).call(pixels),
        ["affine"] = () => F.affine(image, [10, 5], 15, [1, -2], 1.2f, Bilinear),
        ["random flips"] = () => Seeded(RandomHorizontalFlip(), image),
        ["random crops"] = () => Seeded(RandomCrop(3, 4), image),
        ["random padded crops"] = () => Seeded(RandomCrop(6, 7, [1, 0], pad_if_needed: true, fill: 0.5), image),
        ["random resized crops"] = () => Seeded(RandomResizedCrop(4, 4, interpolation: Bilinear), wide),
        ["random resized slices"] = () => Seeded(RandomResizedCrop(4, 0.9, 1, 4, 5, Bilinear), wide),
        ["random erasing"] = () => Seeded(RandomErasing(0.8), wide),
        ["random erasing with noise"] = () => Seeded(RandomErasing(1, 0.1, 0.2, value: null), wide),
        ["random rotation"] = () => Seeded(RandomRotation(60), image),
        ["random grayscale"] = () => Seeded(RandomGrayscale(0.5), image),
        ["random apply"] = () => Seeded(RandomApply([Grayscale(3), Pad(1)], 0.5), image),
        ["colour jitter"] = () => Seeded(ColorJitter(0.4f, 0.3f, 0.2f, 0.1f), image),
        ["colour jitter of two"] = () => Seeded(ColorJitter(0, 0.3f, 0, 0.5f), image),
        ["grid"] = () => torchvision.utils.make_grid(cat([batch, batch + 1, batch[..1]]), 3),
        ["grid of grey"] = () => torchvision.utils.make_grid(batch[.., ..1], padding: 1, pad_value: 0.5),
        ["grid normalized"] = () => torchvision.utils.make_grid((batch * 3) - 1, normalize: true),
        ["grid normalized each"] = () => torchvision.utils.make_grid(
            batch * tensor(new[] { 3f, 0.5f }).view(2, 1, 1, 1), 1, normalize: true, scale_each: true),
        ["grid in range"] = () => torchvision.utils.make_grid(batch, normalize: true, value_range: (0.2, 0.6)),
        ["grid of one"] = () => torchvision.utils.make_grid(grey),
        ["grid of a matrix"] = () => torchvision.utils.make_grid(grey[0], normalize: true),
        ["grid of bytes"] = () => torchvision.utils.make_grid(stack([pixels, pixels.flip(0)]), pad_value: 9),
        ["grid of a list"] = () => torchvision.utils.make_grid(new[] { image, wide[.., ..5, ..6] }, 1, 0),
    };

    public static TheoryData<string> Names => [.. _expected.EnumerateObject().Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_image_equals_torchvisions(string name)
    {
        using var scope = NewDisposeScope();
        var result = _expressions[name]();
        var expected = _expected.GetProperty(name);
        Assert.Equal(expected.GetProperty("size").Deserialize<long[]>(), result.shape);
        double[] values = expected.GetProperty("values").Deserialize<double[]>()!;
        double[] actual = result.@double().ToArray<double>();
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(values[i] - actual[i]) < 1e-5, $"{name}: value {i} is {actual[i]}, torchvision's {values[i]}.");
    }

    private static Tensor Seeded(ITransform transform, Tensor input)
    {
        manual_seed(5);
        return cat([.. Enumerable.Range(0, 6).Select(_ => transform.call(input).flatten())]);
    }
}
