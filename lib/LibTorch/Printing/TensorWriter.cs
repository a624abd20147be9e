using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Printing;

/// <summary>Writes a tensor's elements, read from the device once, in one of the styles.</summary>
internal abstract class TensorWriter
{
    private readonly Func<long, string> _element;

    private protected TensorWriter(Tensor tensor, PrintOptions options, CultureInfo culture)
    {
        Options = options;
        Sizes = tensor.shape;
        Type = tensor.dtype;
        Header = tensor.ToString();
        _element = Elements(tensor, options.FloatFormat, culture);
    }

    protected PrintOptions Options { get; }

    protected long[] Sizes { get; }

    protected ScalarType Type { get; }

    /// <summary>Shape, type and device.</summary>
    protected string Header { get; }

    public static string Write(Tensor tensor, PrintOptions options, CultureInfo culture)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        TensorWriter writer = options.Style switch
        {
            TensorStringStyle.Numpy => new BracketWriter(tensor, options, culture),
            TensorStringStyle.CSharp => new CSharpWriter(tensor, options, culture),
            _ => new JuliaWriter(tensor, options, culture),
        };
        var text = new StringBuilder();
        writer.Write(text);
        return text.ToString();
    }

    protected abstract void Write(StringBuilder text);

    protected string Element(long index) => _element(index);

    /// <summary>How many elements one step along a dimension passes.</summary>
    protected long Step(int dim) => Sizes[(dim + 1)..].Aggregate(1L, (product, size) => product * size);

    private static Func<long, string> Elements(Tensor tensor, string format, CultureInfo culture)
    {
        var dense = tensor.detach().cpu().contiguous();
        switch (tensor.dtype)
        {
            case ScalarType.Bool:
                var truths = dense.data<bool>().ToArray();
                return index => truths[index].ToString(culture);
            case ScalarType.Float64:
                var doubles = dense.data<double>().ToArray();
                return index => doubles[index].ToString(format, culture);
            case ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16:
                var floats = dense.@float().data<float>().ToArray();
                return index => floats[index].ToString(format, culture);
            case ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64:
                var parts = Native.Aten.Call("view_as_real", dense).@double().contiguous().data<double>().ToArray();
                return index => Complex(parts[2 * index], parts[(2 * index) + 1], format, culture);
            default:
                var longs = dense.@long().data<long>().ToArray();
                return index => longs[index].ToString(culture);
        }
    }

    private static string Complex(double real, double imaginary, string format, CultureInfo culture) => (real, imaginary) switch
    {
        (_, 0) => real.ToString(format, culture),
        (0, _) => imaginary.ToString(format, culture) + "i",
        _ => real.ToString(format, culture) + (imaginary < 0 ? "" : "+") + imaginary.ToString(format, culture) + "i",
    };
}
