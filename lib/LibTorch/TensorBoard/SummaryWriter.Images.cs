using TorchSharp.TensorBoard;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

public sealed partial class SummaryWriter
{
    /// <summary>A picture: bytes count from 0 to 255, other numbers from 0 to 1.</summary>
    /// <param name="tag">The picture's name.</param>
    /// <param name="img_tensor">The pixels, of one (grey) to four channels.</param>
    /// <param name="global_step">When it was taken.</param>
    /// <param name="walltime">Seconds since 1970, if not now.</param>
    /// <param name="dataformats">The meaning of the dimensions: CHW, HWC, HW, …</param>
    public void add_image(string tag, Tensor img_tensor, int global_step, double? walltime = null, string dataformats = "CHW")
    {
        ArgumentNullException.ThrowIfNull(img_tensor);
        ArgumentNullException.ThrowIfNull(dataformats);
        _file.Append(global_step, walltime, Summaries.Image(tag, EncodedImage.Of(img_tensor, dataformats)));
    }

    /// <summary>Several pictures of one size in a grid, eight a row.</summary>
    /// <inheritdoc cref="add_image"/>
    public void add_images(string tag, Tensor img_tensor, int global_step, double? walltime = null, string dataformats = "NCHW") =>
        add_image(tag, img_tensor, global_step, walltime, dataformats);

    /// <summary>TorchSharp's name for <see cref="add_image"/>.</summary>
    public void add_img(string tag, Tensor img_tensor, int global_step, double? walltime = null, string dataformats = "CHW") =>
        add_image(tag, img_tensor, global_step, walltime, dataformats);

    /// <summary>A picture from a PNG or SVG file.</summary>
    public void add_img(string tag, string file_name, int global_step, double? walltime = null) =>
        add_figure(tag, File.ReadAllBytes(file_name), global_step, walltime);

    /// <summary>A drawing, as the bytes of a PNG or SVG file.</summary>
    /// <exception cref="ArgumentException">The bytes are neither.</exception>
    public void add_figure(string tag, byte[] figure, int global_step, double? walltime = null) =>
        _file.Append(global_step, walltime, Summaries.Image(tag, EncodedImage.Of(figure)));
}
