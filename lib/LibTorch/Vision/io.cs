using static TorchSharp.torch;

namespace TorchSharp;

public static partial class torchvision
{
    /// <summary>Formats of image files, as TorchSharp numbers them; <see cref="io.DefaultImager"/> knows PNG.</summary>
    public enum ImageFormat
    {
        Unknown,
        Png,
        Jpeg,
        Bmp,
        Gif,
        Tiff,
        Emf,
        Exif,
        Wmf,
        Pbm,
        Tga,
        Webp,
    }

    /// <summary>Image files: tensors [C, H, W] of bytes.</summary>
    public static partial class io
    {
        /// <summary>The channels that an image is wanted in.</summary>
        public enum ImageReadMode
        {
            /// <summary>As the file has them; colours from a palette become RGB, or RGBA where some are transparent.</summary>
            UNCHANGED,
            GRAY,
            GRAY_ALPHA,
            RGB,
            RGB_ALPHA,
        }

        /// <summary>What reads and writes images unless another is named.</summary>
        public static Imager DefaultImager { get; set; } = new PngImager();

        /// <summary>Reads an image file.</summary>
        /// <param name="filename">The file.</param>
        /// <param name="mode">The channels wanted.</param>
        /// <param name="imager">What decodes it; <see cref="DefaultImager"/> unless told.</param>
        /// <returns>[C, H, W], bytes.</returns>
        /// <exception cref="InvalidDataException">The file is damaged, or of a format that the imager does not know.</exception>
        public static Tensor read_image(string filename, ImageReadMode mode = ImageReadMode.UNCHANGED, Imager? imager = null)
        {
            using var stream = File.OpenRead(filename);
            return Files.FileErrors.Named(filename, () => read_image(stream, mode, imager));
        }

        /// <inheritdoc cref="read_image(string, ImageReadMode, Imager)"/>
        public static Tensor read_image(Stream stream, ImageReadMode mode = ImageReadMode.UNCHANGED, Imager? imager = null) =>
            (imager ?? DefaultImager).DecodeImage(stream, mode);

        /// <summary>Reads an image from a tensor of a file's bytes.</summary>
        public static Tensor decode_image(Tensor image, ImageReadMode mode = ImageReadMode.UNCHANGED, Imager? imager = null) =>
            (imager ?? DefaultImager).DecodeImage(image.ToArray<byte>(), mode);

        /// <summary>Writes an image file, which is replaced at once when all is written.</summary>
        /// <param name="image">[C, H, W], or [H, W], bytes.</param>
        /// <param name="filename">The file.</param>
        /// <param name="format">The file's format.</param>
        /// <param name="imager">What encodes it; <see cref="DefaultImager"/> unless told.</param>
        /// <exception cref="ArgumentException">The tensor is no image of bytes.</exception>
        /// <exception cref="NotSupportedException">The imager does not write the format.</exception>
        public static void write_image(Tensor image, string filename, ImageFormat format, Imager? imager = null) =>
            Files.AtomicFile.Write(filename, stream => write_image(image, stream, format, imager));

        /// <inheritdoc cref="write_image(Tensor, string, ImageFormat, Imager)"/>
        public static void write_image(Tensor image, Stream stream, ImageFormat format, Imager? imager = null) =>
            (imager ?? DefaultImager).EncodeImage(image, format, stream);

        /// <inheritdoc cref="write_image(Tensor, string, ImageFormat, Imager)"/>
        public static void write_png(Tensor image, string filename, Imager? imager = null) =>
            write_image(image, filename, ImageFormat.Png, imager);

        /// <inheritdoc cref="write_image(Tensor, Stream, ImageFormat, Imager)"/>
        public static void write_png(Tensor image, Stream stream, Imager? imager = null) =>
            write_image(image, stream, ImageFormat.Png, imager);

        /// <summary>A file's bytes, as a tensor.</summary>
        public static Tensor encode_image(Tensor image, ImageFormat format, Imager? imager = null) =>
            tensor((imager ?? DefaultImager).EncodeImage(image, format));
    }
}
