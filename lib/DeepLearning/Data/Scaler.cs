using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>
/// Scales the columns of a table, (x - offset) / scale. Fit the scaler on the training data and apply it to all other data, so that other data do not
/// influence training: <c>var scaler = Scaler.Standard(train.X); var (x, y) = (scaler.Apply(train), scaler.Apply(test));</c>
/// </summary>
/// <remarks>
/// Like scikit-learn's StandardScaler and MinMaxScaler. Fitting ignores NaN. A column with a single value is only shifted. The two lists are the
/// whole state: <c>new Scaler(offset, scale)</c> creates an equal scaler.
/// </remarks>
/// <param name="Offset">The value that is subtracted from each column.</param>
/// <param name="Scale">The value by which each column is then divided; not 0.</param>
/// <exception cref="ArgumentException">The lists have different lengths, or a scale is 0, infinite or NaN.</exception>
public sealed record Scaler(IReadOnlyList<double> Offset, IReadOnlyList<double> Scale)
{
    /// <summary>Gets the value by which each column is divided after the subtraction.</summary>
    public IReadOnlyList<double> Scale { get; } = Offset.Count == Scale.Count && Scale.All(scale => double.IsFinite(scale) && scale != 0)
        ? Scale
        : throw new ArgumentException($"A scaler needs an offset and a scale other than 0 for each column, but has {Offset.Count} offsets and the scales {NumberLists.Text(Scale)}.", nameof(Scale));

    // a field, because TorchSharp does not keep a scalar alive during a call
    private static readonly Scalar _one = 1;

    /// <summary>Fits a scaler that gives each column mean 0 and standard deviation 1 (divided by n, as in scikit-learn).</summary>
    /// <param name="data">The training data, [N, columns].</param>
    /// <exception cref="ArgumentException">The data is not a table with rows, a column has no values, or a value is infinite.</exception>
    public static Scaler Standard(Tensor data) => Fit(data, numbers =>
    {
        var mean = numbers.Average();
        var variance = numbers.Average(number => (number - mean) * (number - mean));
        // a variance within the rounding error counts as 0, with scikit-learn's bound
        var rounding = numbers.Length * (double.BitIncrement(1) - 1);
        return (mean, variance <= (rounding * variance) + (mean * rounding * mean * rounding) ? 0 : Math.Sqrt(variance));
    });

    /// <summary>Fits a scaler that gives each column the minimum 0 and the maximum 1.</summary>
    /// <param name="data">The training data, [N, columns].</param>
    /// <exception cref="ArgumentException">The data is not a table with rows, a column has no values, or a value is infinite.</exception>
    public static Scaler MinMax(Tensor data) => Fit(data, numbers => (numbers.Min(), numbers.Max() - numbers.Min()));

    /// <summary>Scales a table.</summary>
    /// <param name="data">The table, […, columns]; it is not changed.</param>
    /// <returns>A new tensor on the same device, of the same type, or Float32 if the data are integers.</returns>
    /// <exception cref="ArgumentException">The number of columns differs from the training data.</exception>
    public Tensor Apply(Tensor data) => Transform(data, (values, offset, scale) => (values - offset) / scale);

    /// <summary>Reverses <see cref="Apply(Tensor)"/>, for predictions of scaled targets.</summary>
    /// <inheritdoc cref="Apply(Tensor)"/>
    public Tensor Invert(Tensor data) => Transform(data, (values, offset, scale) => (values * scale).add(offset, _one));

    /// <summary>Scales the inputs of a table; the targets are unchanged.</summary>
    /// <inheritdoc cref="Apply(Tensor)" path="/exception"/>
    public TableData Apply(TableData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.With(Apply(data.X));
    }

    /// <inheritdoc/>
    public bool Equals(Scaler? other) => other is not null && Offset.SequenceEqual(other.Offset) && Scale.SequenceEqual(other.Scale);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NumberLists.Hash(Offset), NumberLists.Hash(Scale));

    /// <inheritdoc/>
    public override string ToString() => $"offset {NumberLists.Text(Offset)}; scale {NumberLists.Text(Scale)}";

    private static Scaler Fit(Tensor data, Func<double[], (double Offset, double Scale)> fit)
    {
        ArgumentNullException.ThrowIfNull(data);
        var columns = ColumnNumbers.Of(data).Select(fit).ToArray();
        return new Scaler([.. columns.Select(column => column.Offset)], [.. columns.Select(column => column.Scale == 0 ? 1 : column.Scale)]);
    }

    private Tensor Transform(Tensor data, Func<Tensor, Tensor, Tensor, Tensor> compute)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.ndim == 0 || data.shape[^1] != Offset.Count)
        {
            throw new ArgumentException(
                $"The scaler has {Offset.Count} columns, but the data is [{string.Join(", ", data.shape)}].", nameof(data));
        }
        using var scope = NewDisposeScope();
        var (offset, scale) = (tensor(Offset.ToArray(), device: data.device), tensor(Scale.ToArray(), device: data.device));
        return compute(data.to(ScalarType.Float64), offset, scale).to(data.is_floating_point() ? data.dtype : ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
