using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the constructors of all convolutions take: a number for each dimension where there are several.</summary>
internal sealed record ConvolutionSettings(
    long In, long Out, long[] Kernel, long[] Stride, long[] Padding, long[] Dilation, PaddingModes PaddingMode, long Groups, bool Bias,
    Device? Device, ScalarType? DType)
{
    public Padding? PaddingType { get; init; }

    /// <summary>Null for a convolution that is not transposed.</summary>
    public long[]? OutputPadding { get; init; }
}

/// <summary>
/// A convolution. Weight is [out, in/groups, …kernel], that of a transposed one [in, out/groups, …kernel], initialised as PyTorch does.
/// </summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private readonly long[] _edges;

    private protected Convolution(string name, ConvolutionSettings settings)
        : base(name)
    {
        (in_channels, out_channels, groups) = (settings.In, settings.Out, settings.Groups);
        if (groups <= 0 || in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException($"groups ({groups}) must divide in_channels ({in_channels}) and out_channels ({out_channels}).");
        (kernel_size, stride, dilation, padding_mode) = (settings.Kernel, settings.Stride, settings.Dilation, settings.PaddingMode);
        (padding, padding_type, output_padding) = (settings.Padding, settings.PaddingType, settings.OutputPadding ?? []);
        if (padding_type == Padding.Same && stride.Any(step => step != 1))
            throw new ArgumentException("padding 'same' needs a stride of 1: give the padding as numbers.");
        transposed = settings.OutputPadding is not null;
        _edges = [.. Edges()];
        var (first, second) = transposed ? (in_channels, out_channels / groups) : (out_channels, in_channels / groups);
        weight = new Parameter(empty([first, second, .. kernel_size], settings.DType, settings.Device));
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (!settings.Bias)
            return;
        bias = new Parameter(empty([out_channels], settings.DType, settings.Device));
        nn.init.UniformInFan(bias, nn.init.CalculateFanInAndFanOut(weight).fanIn);
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public bool transposed { get; }

    public long[] kernel_size { get; }

    public long[] stride { get; }

    public long[] padding { get; }

    public Padding? padding_type { get; }

    public long[] output_padding { get; }

    public long[] dilation { get; }

    public PaddingModes padding_mode { get; }

    public long groups { get; }

    public Parameter weight { get; set => field = ReplaceParameter(nameof(weight), field, value)!; }

    public Parameter? bias { get; set => field = ReplaceParameter(nameof(bias), field, value); }

    public override Tensor forward(Tensor input)
    {
        if (padding_mode is not (PaddingModes.Zeros or PaddingModes.Constant))
        {
            using var padded = nn.functional.pad(input, _edges, padding_mode);
            return Convolve(padded, new long[padding.Length]);
        }
        return padding_type is { } named ? ConvolveNamed(input, named) : Convolve(input, padding);
    }

    private protected abstract Tensor Convolve(Tensor input, long[] padding);

    private protected abstract Tensor ConvolveNamed(Tensor input, Padding padding);

    // before and after each dimension, the last one first
    private IEnumerable<long> Edges()
    {
        for (var dimension = kernel_size.Length - 1; dimension >= 0; dimension--)
        {
            var both = padding_type switch
            {
                Padding.Same => dilation[dimension] * (kernel_size[dimension] - 1),
                Padding.Valid => 0,
                _ => 2 * padding[dimension],
            };
            yield return both / 2;
            yield return both - (both / 2);
        }
    }
}
