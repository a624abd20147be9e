using DeepLearning.Display;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>The mean and the standard deviation of each channel of a data set, or of each column of a table, for normalization.</summary>
/// <param name="Mean">The mean of each channel.</param>
/// <param name="Std">The unbiased standard deviation of each channel, like torch.std.</param>
/// <param name="ImageStd">
/// The mean of the standard deviations of single images, which is smaller. Tutorial 000 normalizes with it. NaN if a channel has only one value.
/// </param>
/// <remarks>Tutorials 000 (cal_mean_std) and 004 (Normalization).</remarks>
[TypeFormatterSource(typeof(TextFormatterSource), PreferredMimeTypes = ["text/plain"])]
public sealed record ChannelStatistics(IReadOnlyList<double> Mean, IReadOnlyList<double> Std, IReadOnlyList<double> ImageStd)
{
    /// <summary>Computes the statistics in one pass over the data, in double precision.</summary>
    /// <param name="data">The data, with inputs [N, C, …]; targets are ignored.</param>
    /// <exception cref="ArgumentException">
    /// There are no batches, inputs have no channels, or the number of channels differs between batches.
    /// </exception>
    public static ChannelStatistics Of(IBatches data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Totals? totals = null;
        foreach (var (inputs, _) in Batches.Take(data, skip: 0, most: int.MaxValue))
        {
            using var scope = NewDisposeScope();
            if (inputs.ndim < 2)
                throw new ArgumentException($"Inputs must be [N, C, …], but these are [{string.Join(", ", inputs.shape)}].", nameof(data));
            // [N, C, values of a channel]
            var values = inputs.detach().to(ScalarType.Float64).flatten(1).reshape(inputs.shape[0], inputs.shape[1], -1);
            totals ??= new Totals((int)inputs.shape[1]);
            totals.Add(values);
        }
        return totals?.Read() ?? throw new ArgumentException("There are no batches.", nameof(data));
    }

    /// <inheritdoc/>
    public bool Equals(ChannelStatistics? other) =>
        other is not null && Mean.SequenceEqual(other.Mean) && Std.SequenceEqual(other.Std) && ImageStd.SequenceEqual(other.ImageStd);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NumberLists.Hash(Mean), NumberLists.Hash(Std));

    /// <inheritdoc/>
    public override string ToString() => $"mean {NumberLists.Text(Mean)}, std {NumberLists.Text(Std)}";

    /// <summary>Running totals. Means are merged with the numerically stable method of Chan, Golub and LeVeque (1979).</summary>
    private sealed class Totals(int channels)
    {
        private readonly double[] _mean = new double[channels];
        private readonly double[] _squares = new double[channels];
        private readonly double[] _imageStds = new double[channels];
        private long _values;
        private long _images;

        public void Add(Tensor values)
        {
            if (values.shape[1] != _mean.Length)
                throw new ArgumentException($"One batch has {_mean.Length} channels, another {values.shape[1]}.");
            var mean = values.mean([0, 2], keepdim: true);
            var centered = values - mean;
            var squares = (centered * centered).sum([0, 2]);
            var (means, sums) = (Read(mean.flatten()), Read(squares));
            var imageStds = values.shape[2] > 1 ? Read(values.std(2).sum(dim: 0)) : [.. _mean.Select(_ => double.NaN)];
            var count = values.shape[0] * values.shape[2];
            var all = _values + count;
            for (var channel = 0; channel < _mean.Length; channel++)
            {
                var difference = means[channel] - _mean[channel];
                _squares[channel] += sums[channel] + (difference * difference * _values / all * count);
                _mean[channel] += difference * count / all;
                _imageStds[channel] += imageStds[channel];
            }
            (_values, _images) = (all, _images + values.shape[0]);
        }

        public ChannelStatistics Read() => new(
            _mean,
            [.. _squares.Select(squares => Math.Sqrt(squares / (_values - 1)))],
            [.. _imageStds.Select(sum => sum / _images)]);

        private static double[] Read(Tensor values) => values.cpu().contiguous().data<double>().ToArray();
    }
}
