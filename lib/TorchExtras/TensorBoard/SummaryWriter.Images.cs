using static TorchSharp.torch;

namespace TorchSharp.TensorBoard;

public sealed partial class SummaryWriter
{
    /// <summary>Adds an image. Integers are values from 0 to 255, floats from 0 to 1.</summary>
    /// <param name="tag">The image's name.</param>
    /// <param name="img_tensor">The pixels, with one (grayscale), two (grayscale, alpha), three (RGB) or four (RGBA) channels.</param>
    /// <param name="global_step">The training step.</param>
    /// <param name="walltime">Seconds since 1970, with their fraction; the current time if null.</param>
    /// <param name="dataformats">The order of the dimensions: CHW, HWC, HW, …</param>
    /// <exception cref="ArgumentException">
    /// The dimensions do not match <paramref name="dataformats"/>, or there are no pixels or too many channels.
    /// </exception>
    public void add_image(string tag, Tensor img_tensor, int global_step, double? walltime = null, string dataformats = "CHW")
    {
        ArgumentNullException.ThrowIfNull(img_tensor);
        ArgumentNullException.ThrowIfNull(dataformats);
        _file.Append(Summaries.Image(tag, EncodedImage.Of(img_tensor, dataformats)), global_step, walltime);
    }

    /// <summary>Adds several images of the same size as a grid with eight images per row.</summary>
    /// <inheritdoc cref="add_image"/>
    public void add_images(string tag, Tensor img_tensor, int global_step, double? walltime = null, string dataformats = "NCHW") =>
        add_image(tag, img_tensor, global_step, walltime, dataformats);

    /// <summary>Adds a figure.</summary>
    /// <param name="tag">The figure's name.</param>
    /// <param name="figure">The bytes of a PNG or SVG file.</param>
    /// <param name="global_step">The training step.</param>
    /// <param name="walltime">Seconds since 1970, with their fraction; the current time if null.</param>
    /// <exception cref="ArgumentException">The bytes are neither PNG nor SVG.</exception>
    public void add_figure(string tag, byte[] figure, int global_step, double? walltime = null) =>
        _file.Append(Summaries.Image(tag, EncodedImage.Of(figure)), global_step, walltime);
}
