using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Printing;

/// <summary>As NumPy: nested brackets, the middle of long dimensions left out.</summary>
internal class BracketWriter(Tensor tensor, PrintOptions options, CultureInfo culture) : TensorWriter(tensor, options, culture)
{
    private const string Ellipsis = "...";

    protected virtual char Open => '[';

    protected virtual char Close => ']';

    /// <summary>Stands after each element.</summary>
    protected virtual string Suffix => "";

    protected override void Write(StringBuilder text) => WriteLevel(text, 0, 0);

    /// <summary>What stands between two parts of a dimension that is not the last.</summary>
    protected virtual string Separator(int dim) => string.Concat(Enumerable.Repeat(Options.NewLine, Sizes.Length - dim - 1));

    protected void WriteLevel(StringBuilder text, int dim, long offset)
    {
        if (dim == Sizes.Length)
        {
            text.Append(Element(offset)).Append(Suffix);
            return;
        }
        var last = dim == Sizes.Length - 1;
        text.Append(Open);
        var before = "";
        foreach (var index in Shown(Sizes[dim], last ? Options.MaxColumns : Options.MaxRows))
        {
            text.Append(before).Append(last || before.Length == 0 ? "" : Indent(dim));
            if (index is not { } shown)
            {
                text.Append(Ellipsis);
                before = last ? " " : AfterEllipsis(dim);
                continue;
            }
            WriteLevel(text, dim + 1, offset + (shown * Step(dim)));
            before = last ? ", " : Separator(dim);
        }
        text.Append(Close);
    }

    /// <summary>What follows the line of an ellipsis.</summary>
    protected virtual string AfterEllipsis(int dim) => Separator(dim);

    private static string Indent(int dim) => new(' ', dim + 1);

    /// <summary>The indices shown of a dimension; null stands for those between.</summary>
    private static IEnumerable<long?> Shown(long size, int most)
    {
        if (size <= most)
        {
            for (var i = 0L; i < size; i++)
                yield return i;
            yield break;
        }
        for (var i = 0L; i < most - (most / 2); i++)
            yield return i;
        yield return null;
        for (var i = size - (most / 2); i < size; i++)
            yield return i;
    }
}
