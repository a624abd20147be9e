// What TorchSharp's image readers and writers name of SkiaSharp, enough to compile: nothing here reads or writes an image.
namespace SkiaSharp
{
    using System;
    using System.IO;

    public enum SKColorType { Gray8, Rgba8888, Bgra8888 }
    public enum SKAlphaType { Opaque, Unpremul }
    public enum SKFilterQuality { High }
    public enum SKEncodedImageFormat { Png, Jpeg, Bmp, Gif, Webp }
    public record struct SKColor(byte Red, byte Green, byte Blue) { public static readonly SKColor Empty; }
    public record struct SKSizeI(int Width, int Height);
    public record struct SKImageInfo(int Width, int Height, SKColorType ColorType, SKAlphaType AlphaType) { public int RowBytes => throw new NotSupportedException(); }
    public sealed class SKData { public byte[] ToArray() => throw new NotSupportedException(); }
    public delegate void SKBitmapReleaseDelegate(IntPtr address, object context);

    public sealed class SKBitmap : IDisposable
    {
        public SKBitmap() => throw new NotSupportedException();
        public SKBitmap(int width, int height, SKColorType colorType, SKAlphaType alphaType) => throw new NotSupportedException();
        public int Width, Height, BytesPerPixel;
        public byte[] Bytes;
        public SKColorType ColorType;
        public SKImageInfo Info;
        public static SKBitmap Decode(string path) => throw new NotSupportedException();
        public static SKBitmap Decode(byte[] bytes) => throw new NotSupportedException();
        public static SKBitmap Decode(Stream stream) => throw new NotSupportedException();
        public SKBitmap Copy() => this;
        public SKBitmap Resize(SKSizeI size, SKFilterQuality quality) => this;
        public SKData Encode(SKEncodedImageFormat format, int quality) => throw new NotSupportedException();
        public bool Encode(Stream stream, SKEncodedImageFormat format, int quality) => throw new NotSupportedException();
        public bool InstallPixels(SKImageInfo info, IntPtr pixels, int rowBytes, SKBitmapReleaseDelegate release, object context) => false;
        public IntPtr GetPixels() => default;
        public SKColor GetPixel(int x, int y) => default;
        public void Dispose() { }
    }
}
