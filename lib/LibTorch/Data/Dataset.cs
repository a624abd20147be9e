namespace TorchSharp;

public static partial class torch
{
    public static partial class utils
    {
        /// <summary>See <see href="https://pytorch.org/docs/stable/data.html">torch.utils.data</see>.</summary>
        public static partial class data
        {
            /// <summary>What has a number of samples.</summary>
            public interface ISized
            {
                long Count { get; }
            }

            /// <summary>Samples by their number. A loader's workers ask for several samples at once, each from a thread of its own.</summary>
            /// <typeparam name="T">What a sample is.</typeparam>
            public abstract class Dataset<T> : ISized, IDisposable
            {
                public abstract long Count { get; }

                public abstract T GetTensor(long index);

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                }
            }

            /// <summary>Samples of named tensors.</summary>
            public abstract class Dataset : Dataset<Dictionary<string, Tensor>>;

            /// <summary>Samples of tensors in a fixed order. By number too, whatever the name says: TorchSharp's.</summary>
            public abstract class IterableDataset : Dataset<IList<Tensor>>;
        }
    }
}
