using System.Xml.Linq;
using DeepLearning.Display;
using static TorchSharp.torch;

namespace DeepLearning.Charts;

/// <summary>
/// Tensors drawn as what they are: a vector as a row of cells, a matrix as a grid, a tensor of rank 3 as grids side by side, of rank 4 as rows
/// of such grids. Small tensors show their numbers, and equal ones have equal colours throughout a picture; large tensors are pixels, each in
/// colours of its own range.
/// </summary>
/// <remarks>
/// What is drawn is the tensor as it was when it was added, whatever becomes of it. Taught in notebooks/02-tensors.ipynb.
/// </remarks>
[TypeFormatterSource(typeof(PictureFormatterSource), PreferredMimeTypes = ["image/svg+xml", "text/plain"])]
public sealed class Picture
{
    private readonly List<PicturePart> _parts = [];

    internal IReadOnlyList<PicturePart> Parts => _parts;

    /// <summary>A picture of one tensor with its axes named.</summary>
    /// <inheritdoc cref="Add(string, Tensor, Tensor?, Tensor?, bool, bool)"/>
    public static Picture Of(Tensor tensor, string title = "", Tensor? marked = null, bool numbers = true) =>
        new Picture().Add(title, tensor, marked, axes: true, numbers: numbers);

    /// <summary>Draws a tensor at the right of what is there.</summary>
    /// <param name="title">What stands above it; its shape is added.</param>
    /// <param name="tensor">Of rank 0 to 4, numbers or truth values.</param>
    /// <param name="marked">Truth values of the tensor's shape, or broadcast to it: the cells to frame.</param>
    /// <param name="faded">Likewise: the cells to draw as if they were not really there.</param>
    /// <param name="axes">Whether the axes are named.</param>
    /// <param name="numbers">Whether a small tensor shows its numbers; without them it is drawn smaller, in colours of its own range.</param>
    /// <exception cref="ArgumentException">The tensor has no elements, a rank above 4, or more elements than an eye can take in.</exception>
    public Picture Add(string title, Tensor tensor, Tensor? marked = null, Tensor? faded = null, bool axes = false, bool numbers = true)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(tensor);
        _parts.Add(TensorPart.Of(title, tensor, marked, faded, axes, numbers));
        return this;
    }

    /// <summary>Writes a sign at the right of what is there: <c>+</c>, <c>=</c>, an arrow.</summary>
    public Picture Sign(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        _parts.Add(new SignPart(text));
        return this;
    }

    /// <summary>Goes on below what is there.</summary>
    public Picture Below()
    {
        _parts.Add(new RowEnd());
        return this;
    }

    /// <summary>The picture as a drawing that needs nothing else and is legible on white and on black.</summary>
    public string ToSvg() => PictureSvg.Draw(this).ToString(SaveOptions.DisableFormatting);

    /// <summary>The tensors as text; of large ones, the shapes.</summary>
    public override string ToString() =>
        string.Join("\n", _parts.Select(part => part.ToString()).Where(text => text!.Length > 0));
}
