using System.Globalization;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Printing;

/// <summary>As a C# array expression, after shape, type and device.</summary>
internal sealed class CSharpWriter(Tensor tensor, PrintOptions options, CultureInfo culture) : BracketWriter(tensor, options, culture)
{
    protected override char Open => '{';

    protected override char Close => '}';

    protected override string Suffix => Sizes.Length == 0 ? "" : Type switch
    {
        ScalarType.Int64 => "L",
        ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 => "f",
        _ => "",
    };

    private string TypeName => Type switch
    {
        ScalarType.Bool => "bool",
        ScalarType.Byte => "byte",
        ScalarType.Int8 => "sbyte",
        ScalarType.Int16 => "short",
        ScalarType.Int32 => "int",
        ScalarType.Int64 => "long",
        ScalarType.Float64 => "double",
        ScalarType.Float16 => "float16",
        ScalarType.BFloat16 => "bfloat16",
        ScalarType.ComplexFloat32 => "complex32",
        ScalarType.ComplexFloat64 => "complex64",
        _ => "float",
    };

    protected override void Write(StringBuilder text)
    {
        text.Append(Header).Append(", value = ");
        if (Sizes.Length == 0)
        {
            WriteLevel(text, 0, 0);
            return;
        }
        var elements = new StringBuilder();
        WriteLevel(elements, 0, 0);
        var rank = new string(',', Sizes.Length - 1);
        if (Sizes.Length == 1)
            text.Append(TypeName).Append(" [").Append(rank).Append("] ").Append(elements);
        else
            text.Append(Options.NewLine).Append(TypeName).Append(" [").Append(rank).Append("] {").Append(Options.NewLine).Append(' ')
                .Append(elements.ToString(1, elements.Length - 2)).Append(Options.NewLine).Append('}');
    }

    protected override string Separator(int dim) => "," + Options.NewLine;

    protected override string AfterEllipsis(int dim) => Options.NewLine;
}
