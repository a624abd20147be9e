namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>softmax(query·keyᵀ/√width)·value. Source: Vaswani et al., 2017.</summary>
            /// <param name="query">[…, L, E].</param>
            /// <param name="key">[…, S, E].</param>
            /// <param name="value">[…, S, V].</param>
            /// <param name="attn_mask">
            /// […, L, S]: pairs that count (true, which MultiheadAttention takes for the opposite), or numbers to add to their scores.
            /// </param>
            /// <param name="p">Probability that a weight is set to zero; there is no training mode here.</param>
            /// <param name="is_casual">Whether a query sees no key behind its own place.</param>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (query.ndim < 2 || key.ndim < 2)
                    throw new ArgumentException($"Attention takes tensors of two or more dimensions, not {query.ndim} and {key.ndim}.");
                if (is_casual && attn_mask is not null)
                    throw new ArgumentException("Give either attn_mask or is_casual, not both.");
                using var scope = NewDisposeScope();
                var mask = is_casual ? ones([query.shape[^2], key.shape[^2]], ScalarType.Bool, query.device).tril() : attn_mask;
                var scores = (query / Math.Sqrt(query.shape[^1])).matmul(key.transpose(-2, -1));
                if (mask is { dtype: ScalarType.Bool })
                    scores = scores.masked_fill(mask.logical_not(), double.NegativeInfinity);
                else if (mask is not null)
                    scores += mask;
                return dropout(scores.softmax(-1), p).matmul(value).MoveToOuterDisposeScope();
            }
        }
    }
}
