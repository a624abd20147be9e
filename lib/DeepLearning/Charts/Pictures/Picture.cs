using System.Xml.Linq;
using DeepLearning.Display;
using static TorchSharp.torch;

namespace DeepLearning.Charts;

/// <summary>
/// Draws tensors: a vector as a row of cells, a matrix as a grid, a tensor of rank 3 as grids side by side, a tensor of rank 4 as rows of such grids.
/// Small tensors show their numbers, and equal numbers have equal colors in the whole picture; large tensors are drawn as pixels, each tensor with
/// colors for its own range of values.
/// </summary>
/// <remarks>
/// A picture copies the values of a tensor when it is added. See notebooks/02-tensors.ipynb.
/// </remarks>
[TypeFormatterSource(typeof(PictureFormatterSource), PreferredMimeTypes = ["image/svg+xml", "text/plain"])]
public sealed class Picture
{
    private readonly List<PicturePart> _parts = [];

    internal IReadOnlyList<PicturePart> Parts => _parts;

    /// <summary>Returns a picture of one tensor with the names of its axes.</summary>
    /// <inheritdoc cref="Add(string, Tensor, Tensor?, Tensor?, bool, bool)"/>
    public static Picture Of(Tensor tensor, string title = "", Tensor? marked = null, bool numbers = true) =>
        new Picture().Add(title, tensor, marked, axes: true, numbers: numbers);

    /// <summary>Adds a tensor to the right of the previous parts.</summary>
    /// <param name="title">The title above the tensor; its shape is added.</param>
    /// <param name="tensor">A tensor of rank 0 to 4, of numbers or booleans.</param>
    /// <param name="marked">Booleans of the tensor's shape, or of a shape that broadcasts to it; true frames the cell.</param>
    /// <param name="faded">Booleans of such a shape; true fades the cell.</param>
    /// <param name="axes">Whether the axes are named.</param>
    /// <param name="numbers">
    /// Whether a small tensor shows its numbers; without numbers, it is drawn smaller, with colors for its own range of values.
    /// </param>
    /// <exception cref="ArgumentException">The tensor has no elements, a rank above 4, or more than 20,000 elements.</exception>
    public Picture Add(string title, Tensor tensor, Tensor? marked = null, Tensor? faded = null, bool axes = false, bool numbers = true)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(tensor);
        _parts.Add(TensorPart.Of(title, tensor, marked, faded, axes, numbers));
        return this;
    }

    /// <summary>Adds a sign, such as <c>+</c>, <c>=</c> or an arrow, to the right of the previous parts.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public Picture Sign(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        _parts.Add(new SignPart(text));
        return this;
    }

    /// <summary>Starts a new row below the previous parts.</summary>
    public Picture Below()
    {
        _parts.Add(new RowEnd());
        return this;
    }

    /// <summary>Returns a self-contained SVG drawing, which is legible on white and on black.</summary>
    public string ToSvg() => PictureSvg.Draw(this).ToString(SaveOptions.DisableFormatting);

    /// <summary>Returns the tensors as text; for large tensors, their shapes.</summary>
    public override string ToString() =>
        string.Join("\n", _parts.Select(part => part.ToString()).Where(text => text!.Length > 0));
}
