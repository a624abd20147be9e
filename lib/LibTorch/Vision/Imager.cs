using TorchSharp.Vision;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torchvision
{
    public static partial class io
    {
        /// <summary>Reads and writes image files: for formats other than PNG, write one on a package that knows them.</summary>
        public abstract class Imager
        {
            /// <returns>[C, H, W], bytes.</returns>
            public abstract Tensor DecodeImage(byte[] data, ImageReadMode mode = ImageReadMode.UNCHANGED);

            /// <param name="image">[C, H, W], bytes.</param>
            /// <param name="format">The file's format.</param>
            public abstract byte[] EncodeImage(Tensor image, ImageFormat format);

            public virtual Tensor DecodeImage(Stream stream, ImageReadMode mode = ImageReadMode.UNCHANGED)
            {
                using var content = new MemoryStream();
                stream.CopyTo(content);
                return DecodeImage(content.ToArray(), mode);
            }

            public virtual void EncodeImage(Tensor image, ImageFormat format, Stream stream) => stream.Write(EncodeImage(image, format));
        }

        /// <summary>Reads and writes PNG files.</summary>
        public sealed class PngImager : Imager
        {
            // of red, green and blue, in parts of 65536
            private static readonly int[] _brightness = [19595, 38470, 7471];

            /// <exception cref="InvalidDataException">The bytes are no PNG file, or a damaged one.</exception>
            public override Tensor DecodeImage(byte[] data, ImageReadMode mode = ImageReadMode.UNCHANGED)
            {
                ArgumentNullException.ThrowIfNull(data);
                var (pixels, height, width, channels) = PngReader.Decode(data);
                using var scope = NewDisposeScope();
                var image = tensor(pixels, [height, width, channels]).permute(2, 0, 1);
                return InMode(image, mode).contiguous().MoveToOuterDisposeScope();
            }

            /// <exception cref="ArgumentException">The tensor is no image of bytes, of 1 to 4 channels.</exception>
            /// <exception cref="NotSupportedException">The format is not PNG.</exception>
            public override byte[] EncodeImage(Tensor image, ImageFormat format)
            {
                ArgumentNullException.ThrowIfNull(image);
                if (format != ImageFormat.Png)
                    throw new NotSupportedException($"PngImager writes PNG, not {format}: pass an imager for that format.");
                var (channels, height, width) = transforms.functional.get_dimensions(image);
                if (image.dtype != ScalarType.Byte || image.ndim > 3 || channels is < 1 or > 4 || height * width == 0)
                    throw new ArgumentException($"A PNG file holds bytes [C, H, W] of 1 to 4 channels; the tensor is {image}.", nameof(image));
                using var scope = NewDisposeScope();
                var pixels = image.reshape(channels, height, width).permute(1, 2, 0).ToArray<byte>();
                return Png.Encode(pixels, (int)height, (int)width, (int)channels);
            }

            private static Tensor InMode(Tensor image, ImageReadMode mode)
            {
                if (mode == ImageReadMode.UNCHANGED)
                    return image;
                var colours = image.shape[0] is 1 or 2 ? 1 : 3;
                var wanted = mode is ImageReadMode.GRAY or ImageReadMode.GRAY_ALPHA ? 1 : 3;
                var colour = image.narrow(0, 0, colours);
                if (wanted < colours)
                    colour = Grey(colour);
                colour = colour.expand(wanted, -1, -1);
                if (mode is ImageReadMode.GRAY or ImageReadMode.RGB)
                    return colour;
                var alpha = image.shape[0] > colours ? image.narrow(0, colours, 1) : full_like(image.narrow(0, 0, 1), byte.MaxValue);
                return cat([colour, alpha]);
            }

            /// <summary>Brightness by ITU-R 601 in whole numbers, so that a grey of three channels stays what it is.</summary>
            private static Tensor Grey(Tensor rgb)
            {
                var weights = tensor(_brightness, [3, 1, 1]);
                return (rgb.@int() * weights).sum(0, keepdim: true).add_(1 << 15).div(1 << 16).to(ScalarType.Byte);
            }
        }
    }
}
