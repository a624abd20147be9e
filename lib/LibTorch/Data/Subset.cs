using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Some samples of a dataset. Disposing it leaves the dataset, which other subsets may share.</summary>
    public sealed class Subset<T> : utils.data.Dataset<T>
    {
        private readonly long[] _indices;

        internal Subset(utils.data.Dataset<T> dataset, IEnumerable<long> indices)
        {
            this.dataset = dataset;
            _indices = [.. indices];
        }

        public utils.data.Dataset<T> dataset { get; }

        public IReadOnlyList<long> indices => _indices;

        public override long Count => _indices.Length;

        public override T GetTensor(long index) => dataset.GetTensor(_indices[index]);
    }

    /// <summary>Datasets one after the other. Disposing it leaves the datasets.</summary>
    public sealed class ConcatDataset<T> : utils.data.Dataset<T>
    {
        private readonly utils.data.Dataset<T>[] _datasets;
        private readonly long[] _ends;

        internal ConcatDataset(IEnumerable<utils.data.Dataset<T>> datasets)
        {
            _datasets = [.. datasets];
            if (_datasets.Length == 0)
                throw new ArgumentException("A ConcatDataset takes at least one dataset.", nameof(datasets));
            var end = 0L;
            _ends = Array.ConvertAll(_datasets, dataset => end += dataset.Count);
        }

        public IReadOnlyList<utils.data.Dataset<T>> datasets => _datasets;

        /// <summary>Up to where each dataset reaches.</summary>
        public IReadOnlyList<long> cumulative_sizes => _ends;

        public override long Count => _ends[^1];

        public override T GetTensor(long index)
        {
            if (index < 0 || index >= Count)
                throw new ArgumentOutOfRangeException(nameof(index), index, $"The datasets have {Count} samples together.");
            var which = Array.FindIndex(_ends, end => index < end);
            return _datasets[which].GetTensor(which == 0 ? index : index - _ends[which - 1]);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class utils
        {
            public static partial class data
            {
                public static Subset<T> Subset<T>(Dataset<T> dataset, IEnumerable<long> indices) => new(dataset, indices);

                public static ConcatDataset<T> ConcatDataset<T>(IEnumerable<Dataset<T>> datasets) => new(datasets);

                public static ConcatDataset<T> ConcatDataset<T>(params Dataset<T>[] datasets) => new(datasets);

                /// <summary>Parts of the lengths told, drawn at random without overlap: the same as PyTorch's for the same seed.</summary>
                /// <exception cref="ArgumentException">The lengths do not add up to the dataset's.</exception>
                public static IList<Subset<T>> random_split<T>(Dataset<T> dataset, IReadOnlyList<long> lengths, Generator? generator = null)
                {
                    var count = dataset.Count;
                    if (lengths.Any(length => length < 0) || lengths.Sum() != count)
                    {
                        throw new ArgumentException(
                            $"The lengths {string.Join(" + ", lengths)} do not add up to the dataset's {count} samples.", nameof(lengths));
                    }
                    using var order = randperm(count, generator: generator);
                    var indices = order.data<long>().ToArray();
                    var parts = new List<Subset<T>>();
                    var begin = 0;
                    foreach (var length in lengths)
                    {
                        parts.Add(new Subset<T>(dataset, indices[begin..(begin + (int)length)]));
                        begin += (int)length;
                    }
                    return parts;
                }

                /// <inheritdoc cref="random_split{T}(Dataset{T}, IReadOnlyList{long}, Generator)"/>
                /// <param name="dataset">The samples to divide.</param>
                /// <param name="fractions">Each part's share; together 1. What rounding leaves over goes to the first parts, a sample each.</param>
                /// <param name="generator">Where the order is drawn from.</param>
                public static IList<Subset<T>> random_split<T>(Dataset<T> dataset, IReadOnlyList<double> fractions, Generator? generator = null)
                {
                    if (fractions.Any(fraction => fraction is not (>= 0 and <= 1)) || Math.Abs(fractions.Sum() - 1) > 1e-9)
                        throw new ArgumentException($"The fractions {string.Join(" + ", fractions)} do not add up to 1.", nameof(fractions));
                    long[] lengths = [.. fractions.Select(fraction => (long)Math.Floor(dataset.Count * fraction))];
                    var rest = dataset.Count - lengths.Sum();
                    for (var i = 0; i < rest; i++)
                        lengths[i % lengths.Length]++;
                    return random_split(dataset, lengths, generator);
                }
            }
        }
    }
}
