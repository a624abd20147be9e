using System.Runtime.CompilerServices;
using SkiaSharp;
using static TorchSharp.torch;
using static TorchSharp.torchvision;
using ImageReadMode = TorchSharp.torchvision.io.ImageReadMode;

namespace TorchSharp.Vision;

/// <summary>
/// Reads and writes image files for <see cref="io"/>. The first use of any member of this library makes it the default imager, unless the program has
/// set another imager; a program that uses no member sets <c>torchvision.io.DefaultImager = new ImageFiles()</c>. <see cref="Png"/> writes PNG files;
/// SkiaSharp writes JPEG and WebP files and reads all formats. Differences from <see cref="io.SkiaImager"/> of TorchVision 0.107: the alpha channel
/// is written and read as the last channel (SkiaImager writes the blue channel as alpha and reads alpha as the first channel), colors of transparent
/// pixels are kept, and a file that is not an image throws an <see cref="InvalidDataException"/>.
/// </summary>
public sealed class ImageFiles : io.Imager
{
    // the ITU-R 601 weights of red, green and blue in 1/65536, as in Pillow
    private static readonly int[] _grayWeights = [19595, 38470, 7471];

    /// <summary>Gets the quality of JPEG and WebP files, from 0 to 100; the default is 75.</summary>
    public int Quality { get; init; } = 75;

#pragma warning disable CA2255 // TorchVision's default imager throws on every call, so nothing useful is replaced
    [ModuleInitializer]
    internal static void SetDefault()
#pragma warning restore CA2255
    {
        if (io.DefaultImager is io.NotImplementedImager)
            io.DefaultImager = new ImageFiles();
    }

    /// <summary>Decodes an image file of a format that SkiaSharp supports: PNG, JPEG, GIF, BMP, WebP, ICO.</summary>
    /// <param name="data">The bytes of the file.</param>
    /// <param name="mode">
    /// The channels of the result. UNCHANGED gives 1 channel for a grayscale image, 4 for an image with transparency, else 3.
    /// </param>
    /// <returns>The image, Byte [C, H, W].</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or not an image.</exception>
    public override Tensor DecodeImage(byte[] data, ImageReadMode mode = ImageReadMode.UNCHANGED)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var file = SKData.CreateCopy(data);
        using var codec = SKCodec.Create(file)
            ?? throw new InvalidDataException("The file is not an image of a supported format, or its header is damaged.");
        if (mode == ImageReadMode.UNCHANGED)
            mode = Channels(codec.Info);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var result = codec.GetPixels(info, out var pixels);
        if (result != SKCodecResult.Success)
            throw new InvalidDataException($"The image file of {info.Width} x {info.Height} pixels cannot be read ({result}): it is truncated or damaged.");
        using var scope = NewDisposeScope();
        var image = tensor(pixels, [info.Height, info.Width, 4]).permute(2, 0, 1);
        return InMode(image, mode).contiguous().MoveToOuterDisposeScope();
    }

    /// <inheritdoc cref="DecodeImage(byte[], ImageReadMode)"/>
    /// <param name="stream">A stream with the content of the file.</param>
    /// <param name="mode">The channels of the result.</param>
    public override Tensor DecodeImage(Stream stream, ImageReadMode mode = ImageReadMode.UNCHANGED)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return DecodeImage(content.ToArray(), mode);
    }

    /// <summary>Encodes an image.</summary>
    /// <param name="image">The image, Byte [C, H, W] with 1 to 4 channels (grayscale; grayscale, alpha; RGB; RGBA) or [H, W], on any device.</param>
    /// <param name="format">PNG, JPEG or WebP.</param>
    /// <returns>The bytes of the file.</returns>
    /// <exception cref="ArgumentException">The tensor is not an image of this form.</exception>
    /// <exception cref="NotSupportedException">The format is not supported.</exception>
    public override byte[] EncodeImage(Tensor image, ImageFormat format)
    {
        ArgumentNullException.ThrowIfNull(image);
        var shape = image.shape;
        if (image.dtype != ScalarType.Byte || shape is not ([_, _] or [>= 1 and <= 4, _, _]) || image.numel() == 0)
        {
            throw new ArgumentException(
                $"An image must be Byte [C, H, W] with 1 to 4 channels or [H, W], but the tensor is {image.dtype} [{string.Join(", ", shape)}].",
                nameof(image));
        }
        var (channels, height, width) = (shape.Length == 2 ? 1 : (int)shape[0], (int)shape[^2], (int)shape[^1]);
        using var scope = NewDisposeScope();
        var layers = image.reshape(channels, height, width).cpu();
        if (format == ImageFormat.Png)
            return Png.Encode(layers.permute(1, 2, 0).contiguous().data<byte>().ToArray(), height, width, channels);
        var encoding = format switch
        {
            ImageFormat.Jpeg => SKEncodedImageFormat.Jpeg,
            ImageFormat.Webp => SKEncodedImageFormat.Webp,
            _ => throw new NotSupportedException($"Image files of the format {format} cannot be written: use Png, Jpeg or Webp."),
        };
        var pixels = WithAllChannels(layers).permute(1, 2, 0).contiguous().data<byte>().ToArray();
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var picture = SKImage.FromPixelCopy(info, pixels);
        using var file = picture.Encode(encoding, Quality);
        return file.ToArray();
    }

    /// <inheritdoc cref="EncodeImage(Tensor, ImageFormat)"/>
    /// <param name="image">The image, Byte [C, H, W] with 1 to 4 channels or [H, W].</param>
    /// <param name="format">PNG, JPEG or WebP.</param>
    /// <param name="stream">The output stream, which is left open.</param>
    public override void EncodeImage(Tensor image, ImageFormat format, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(EncodeImage(image, format));
    }

    private static ImageReadMode Channels(SKImageInfo info) => info switch
    {
        { ColorType: SKColorType.Gray8 } => ImageReadMode.GRAY,
        { AlphaType: SKAlphaType.Opaque } => ImageReadMode.RGB,
        _ => ImageReadMode.RGB_ALPHA,
    };

    private static Tensor InMode(Tensor rgba, ImageReadMode mode)
    {
        var (rgb, alpha) = (rgba.narrow(0, 0, 3), rgba.narrow(0, 3, 1));
        return mode switch
        {
            ImageReadMode.GRAY => Gray(rgb),
            ImageReadMode.GRAY_ALPHA => cat([Gray(rgb), alpha]),
            ImageReadMode.RGB => rgb,
            _ => rgba,
        };
    }

    /// <summary>Returns the luminance in integer arithmetic, so that gray with three equal channels keeps its value.</summary>
    private static Tensor Gray(Tensor rgb)
    {
        using Scalar half = 1 << 15; // kept alive during the call, because TorchSharp does not keep it alive
        using Scalar one = 1;
        return (rgb.@int() * tensor(_grayWeights).reshape(3, 1, 1)).sum(dim: 0, keepdim: true).add_(half, one).bitwise_right_shift(16).to(ScalarType.Byte);
    }

    private static Tensor WithAllChannels(Tensor layers)
    {
        var channels = layers.shape[0];
        var rgb = channels < 3 ? layers.narrow(0, 0, 1).expand(3, -1, -1) : layers.narrow(0, 0, 3);
        using Scalar opaque = byte.MaxValue; // kept alive during the call, because TorchSharp does not keep it alive
        var alpha = channels is 2 or 4 ? layers.narrow(0, channels - 1, 1) : full_like(layers.narrow(0, 0, 1), opaque);
        return cat([rgb, alpha]);
    }
}
