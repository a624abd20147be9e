using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Charts;

/// <summary>A tensor in a picture, with a copy of its elements, as rows and columns of matrices.</summary>
internal sealed record TensorPart(string Title, long[] Shape, IReadOnlyList<double> Values, IReadOnlyList<string>? Labels) : PicturePart
{
    private const int MostElements = 20_000;
    private const int MostLabels = 200;
    private const int LongestLabeledSide = 16;

    public required IReadOnlyList<bool>? Marked { get; init; }

    public required IReadOnlyList<bool>? Faded { get; init; }

    public required bool Axes { get; init; }

    public required string Text { get; init; }

    public int Columns => Side(1);

    public int Rows => Side(2);

    /// <summary>Gets the number of matrices in a row.</summary>
    public int Across => Side(3);

    /// <summary>Gets the number of rows of matrices.</summary>
    public int Down => Side(4);

    public static TensorPart Of(string title, Tensor tensor, Tensor? marked, Tensor? faded, bool axes, bool numbers)
    {
        if (tensor.ndim > 4)
            throw new ArgumentException($"A picture supports tensors of rank 0 to 4, but this is {tensor}: index or reshape it first.", nameof(tensor));
        if (tensor.numel() is 0 or > MostElements)
            throw new ArgumentException($"A picture supports 1 to {MostElements:N0} elements, but this is {tensor}.", nameof(tensor));

        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var shape = tensor.shape;
        var values = tensor.cpu().to(ScalarType.Float64).contiguous().data<double>().ToArray();
        var small = values.Length <= MostLabels && shape.TakeLast(2).All(size => size <= LongestLabeledSide);
        return new TensorPart(title, shape, values, small && numbers ? [.. values.Select(value => Label(value, tensor.dtype))] : null)
        {
            Marked = Truths(marked, shape),
            Faded = Truths(faded, shape),
            Axes = axes,
            Text = small ? tensor.npstr(cultureInfo: CultureInfo.InvariantCulture, newLine: "\n").TrimEnd() : "",
        };
    }

    public override string ToString() => string.Join("\n", new[] { Heading, Text }.Where(line => line.Length > 0));

    /// <summary>Gets the title with the shape; a scalar has no shape.</summary>
    public string Heading => $"{Title}  {(Shape.Length > 0 ? $"[{string.Join(", ", Shape)}]" : "")}".Trim();

    private int Side(int fromEnd) => Shape.Length >= fromEnd ? (int)Shape[^fromEnd] : 1;

    private static bool[]? Truths(Tensor? mask, long[] shape)
    {
        if (mask is null)
            return null;
        using var whole = mask.cpu().to(ScalarType.Bool).expand(shape).contiguous();
        return whole.data<bool>().ToArray();
    }

    private static string Label(double value, ScalarType type) => (type, value) switch
    {
        (ScalarType.Bool, _) => value == 0 ? "false" : "true",
        // a product with 0 may be -0, which is not less than 0
        (_, 0) => "0",
        _ when Math.Abs(value) < 0.0005 => value.ToString("0.#e0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}
