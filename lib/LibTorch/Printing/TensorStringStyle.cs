using System.Globalization;
using TorchSharp.Printing;

namespace TorchSharp;

/// <summary>How a tensor is written as text.</summary>
public enum TensorStringStyle
{
    /// <summary>Shape, type and device only.</summary>
    Metadata,

    /// <summary>Shape, type and device, then every matrix in aligned columns.</summary>
    Julia,

    /// <summary>As NumPy, long dimensions cut in the middle.</summary>
    Numpy,

    /// <summary>Shape, type and device, then a C# array.</summary>
    CSharp,

    /// <summary>What <see cref="torch.TensorStringStyle"/> says.</summary>
    Default,
}

public static partial class torch
{
    public const TensorStringStyle julia = TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    /// <summary>The style where none is named; Julia at first.</summary>
    /// <exception cref="ArgumentException">It was set to <see cref="TensorStringStyle.Default"/>.</exception>
    public static TensorStringStyle TensorStringStyle
    {
        get => PrintOptions.Current.Style;
        set => PrintOptions.Current = PrintOptions.Current with
        {
            Style = value == TensorStringStyle.Default ? throw new ArgumentException("The style cannot be set to 'Default'.") : value,
        };
    }

    /// <summary>Sets how tensors are written from now on; what is left out stays.</summary>
    /// <param name="precision">Digits after the point.</param>
    /// <param name="linewidth">Characters a line.</param>
    /// <param name="newLine">What ends a line.</param>
    /// <param name="sci_mode">Whether numbers are written with an exponent.</param>
    /// <param name="maxRows">Rows that a style which cuts shows; the first and last half of them.</param>
    /// <param name="maxColumns">Columns, likewise.</param>
    public static void set_printoptions(
        int precision, int? linewidth = null, string? newLine = null, bool sci_mode = false, int? maxRows = null, int? maxColumns = null) =>
        set_printoptions(null, (sci_mode ? "E" : "F") + precision.ToString(CultureInfo.InvariantCulture), linewidth, newLine, maxRows, maxColumns);

    /// <inheritdoc cref="set_printoptions(int, int?, string, bool, int?, int?)"/>
    public static void set_printoptions(
        TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null, string? newLine = null, int? maxRows = null,
        int? maxColumns = null)
    {
        var now = PrintOptions.Current;
        PrintOptions.Current = new PrintOptions(
            style ?? now.Style, floatFormat ?? now.FloatFormat, linewidth ?? now.LineWidth, newLine ?? now.NewLine, maxRows ?? now.MaxRows,
            maxColumns ?? now.MaxColumns);
    }

    public partial class Tensor
    {
        /// <summary>With <paramref name="disamb"/>, the elements in the current style; without, as <see cref="ToString()"/>.</summary>
        public string ToString(
            bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            disamb ? ToString(TensorStringStyle.Default, fltFormat, width, cultureInfo, newLine) : ToString();

        /// <summary>The elements as text.</summary>
        /// <param name="style">How they are laid out.</param>
        /// <param name="fltFormat">The .NET format of a floating-point number; <c>g5</c> unless <c>set_printoptions</c> says otherwise.</param>
        /// <param name="width">Characters a line, where the style breaks lines; 100 likewise.</param>
        /// <param name="cultureInfo">Whose decimal points; the current culture's unless told.</param>
        /// <param name="newLine">What ends a line; the system's likewise.</param>
        public string ToString(
            TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            var options = PrintOptions.Current;
            options = new PrintOptions(
                style == TensorStringStyle.Default ? options.Style : style, fltFormat ?? options.FloatFormat, width ?? options.LineWidth,
                newLine ?? options.NewLine, options.MaxRows, options.MaxColumns);
            return options.Style == TensorStringStyle.Metadata || device_type == DeviceType.META
                ? ToString()
                : TensorWriter.Write(this, options, cultureInfo ?? CultureInfo.CurrentCulture);
        }
    }
}

/// <summary>Tensors as text, for short.</summary>
public static class TensorPrinting
{
    public static string str(
        this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null,
        TensorStringStyle style = TensorStringStyle.Default) =>
        tensor.ToString(style, fltFormat, width, cultureInfo, newLine);

    public static string jlstr(
        this torch.Tensor tensor, string? fltFormat = null, int? width = null, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Julia, fltFormat, width, cultureInfo, newLine);

    public static string npstr(
        this torch.Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.Numpy, fltFormat, width, cultureInfo, newLine);

    public static string cstr(
        this torch.Tensor tensor, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null) =>
        tensor.ToString(TensorStringStyle.CSharp, fltFormat, width, cultureInfo, newLine);

    public static string metastr(this torch.Tensor tensor) => tensor.ToString(TensorStringStyle.Metadata);

    /// <summary>Writes the tensor to the console and returns it.</summary>
    public static torch.Tensor print(
        this torch.Tensor t, string? fltFormat = "g5", int? width = 100, string? newLine = null, CultureInfo? cultureInfo = null,
        TensorStringStyle style = TensorStringStyle.Default)
    {
        Console.WriteLine(t.ToString(style, fltFormat, width, cultureInfo, newLine));
        return t;
    }
}
