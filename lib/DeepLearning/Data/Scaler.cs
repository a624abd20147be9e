using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>
/// Scales the columns of a table, (x - offset) / scale. It is fitted on the training data and applied to all other data, so that nothing of these
/// influences the training: <c>var scaler = Scaler.Standard(train.X); var (x, y) = (scaler.Apply(train), scaler.Apply(test));</c>
/// </summary>
/// <remarks>
/// Mirrors scikit-learn's StandardScaler and MinMaxScaler. NaN is ignored in fitting. A column with one value is only shifted. The two lists are all of
/// its state: <c>new Scaler(offset, scale)</c> makes the same one again.
/// </remarks>
/// <param name="Offset">The number that is subtracted from each column.</param>
/// <param name="Scale">The number that each column is divided by then; not 0.</param>
public sealed record Scaler(IReadOnlyList<double> Offset, IReadOnlyList<double> Scale)
{
    // a field, since TorchSharp would not hold a number over its call
    private static readonly Scalar _one = 1;

    /// <summary>Fits a scaler that gives each column mean 0 and standard deviation 1 (divided by n, as in scikit-learn).</summary>
    /// <param name="data">[N, columns].</param>
    /// <exception cref="ArgumentException">The data is not a table with rows, or a column has no number.</exception>
    public static Scaler Standard(Tensor data) => Fit(data, numbers =>
    {
        var mean = numbers.Average();
        var variance = numbers.Average(number => (number - mean) * (number - mean));
        // a variance that rounding alone explains is that of equal values, by scikit-learn's bound
        var rounding = numbers.Length * (double.BitIncrement(1) - 1);
        return (mean, variance <= (rounding * variance) + (mean * rounding * mean * rounding) ? 0 : Math.Sqrt(variance));
    });

    /// <summary>Fits a scaler that gives each column the smallest value 0 and the largest 1.</summary>
    /// <param name="data">[N, columns].</param>
    /// <exception cref="ArgumentException">The data is not a table with rows, or a column has no number.</exception>
    public static Scaler MinMax(Tensor data) => Fit(data, numbers => (numbers.Min(), numbers.Max() - numbers.Min()));

    /// <summary>Scales a table.</summary>
    /// <param name="data">[…, columns]; it is not changed.</param>
    /// <returns>A new tensor of the same type, on the same device.</returns>
    /// <exception cref="ArgumentException">The table has another number of columns than the one that the scaler was fitted on.</exception>
    public Tensor Apply(Tensor data) => Transform(data, (values, offset, scale) => (values - offset) / scale);

    /// <summary>Reverses <see cref="Apply(Tensor)"/>: for predictions of scaled targets.</summary>
    /// <inheritdoc cref="Apply(Tensor)"/>
    public Tensor Invert(Tensor data) => Transform(data, (values, offset, scale) => (values * scale).add(offset, _one));

    /// <summary>Scales the inputs of a table; the targets stay as they are.</summary>
    /// <inheritdoc cref="Apply(Tensor)" path="/exception"/>
    public TableData Apply(TableData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.With(Apply(data.X));
    }

    private static Scaler Fit(Tensor data, Func<double[], (double Offset, double Scale)> fit)
    {
        ArgumentNullException.ThrowIfNull(data);
        var columns = ColumnNumbers.Of(data).Select(fit).ToArray();
        return new Scaler([.. columns.Select(column => column.Offset)], [.. columns.Select(column => column.Scale == 0 ? 1 : column.Scale)]);
    }

    private Tensor Transform(Tensor data, Func<Tensor, Tensor, Tensor, Tensor> compute)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.ndim == 0 || data.shape[^1] != Offset.Count || Scale.Count != Offset.Count)
        {
            throw new ArgumentException(
                $"The scaler is for {Offset.Count} columns; the data is [{string.Join(", ", data.shape)}].", nameof(data));
        }
        using var scope = NewDisposeScope();
        var (offset, scale) = (tensor(Offset.ToArray(), device: data.device), tensor(Scale.ToArray(), device: data.device));
        return compute(data.to(ScalarType.Float64), offset, scale).to(data.dtype).MoveToOuterDisposeScope();
    }
}
