using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Self-attention and two linear layers, each beside a shortcut and with layer norm. Source: Vaswani et al., 2017.</summary>
    public sealed class TransformerEncoderLayer :
        nn.Module<Tensor, Tensor>, nn.IModule<Tensor, Tensor?, Tensor>, nn.IModule<Tensor, Tensor?, Tensor?, Tensor>
    {
        private readonly MultiheadAttention self_attn;
        private readonly Linear linear1;
        private readonly Dropout dropout;
        private readonly Linear linear2;
        private readonly LayerNorm norm1;
        private readonly LayerNorm norm2;
        private readonly Dropout dropout1;
        private readonly Dropout dropout2;
        private readonly Settings _settings;

        internal TransformerEncoderLayer(Settings settings)
            : base(nameof(TransformerEncoderLayer))
        {
            _settings = settings;
            self_attn = nn.MultiheadAttention(settings.Width, settings.Heads, settings.Dropout, batch_first: settings.BatchFirst);
            linear1 = nn.Linear(settings.Width, settings.Inner);
            dropout = nn.Dropout(settings.Dropout);
            linear2 = nn.Linear(settings.Inner, settings.Width);
            norm1 = nn.LayerNorm(settings.Width);
            norm2 = nn.LayerNorm(settings.Width);
            dropout1 = nn.Dropout(settings.Dropout);
            dropout2 = nn.Dropout(settings.Dropout);
            RegisterComponents();
        }

        public override Tensor forward(Tensor src) => Encode(src, null, null);

        public Tensor call(Tensor src, Tensor? src_mask) => Encode(src, src_mask, null);

        public Tensor call(Tensor src, Tensor? src_mask, Tensor? src_key_padding_mask) => Encode(src, src_mask, src_key_padding_mask);

        /// <summary>An equal layer with the same values; the random stream stays where it is.</summary>
        internal TransformerEncoderLayer Copy()
        {
            using var state = random.get_rng_state();
            var copy = new TransformerEncoderLayer(_settings);
            random.set_rng_state(state);
            copy.to(linear1.weight.device, linear1.weight.dtype);
            copy.load_state_dict(state_dict());
            copy.train(training);
            foreach (var (to, from) in copy.parameters().Zip(parameters()))
                to.requires_grad = from.requires_grad;
            return copy;
        }

        // no dispose scope: what users' hooks make and keep must outlive the call
        private Tensor Encode(Tensor src, Tensor? mask, Tensor? padding)
        {
            if (_settings.NormFirst)
            {
                using var normal = norm1.call(src);
                using var context = Attend(normal, mask, padding);
                using var between = src + context;
                using var normalBetween = norm2.call(between);
                using var inner = Feed(normalBetween);
                return between + inner;
            }
            using var attention = Attend(src, mask, padding);
            using var sum = src + attention;
            using var attended = norm1.call(sum);
            using var fed = Feed(attended);
            using var total = attended + fed;
            return norm2.call(total);
        }

        private Tensor Attend(Tensor input, Tensor? mask, Tensor? padding)
        {
            using var output = self_attn.call(input, input, input, padding, need_weights: false, mask).Item1;
            return dropout1.call(output);
        }

        private Tensor Feed(Tensor input)
        {
            using var inner = linear1.call(input);
            using var active = _settings.Activation == nn.Activations.GELU ? nn.functional.gelu(inner) : nn.functional.relu(inner);
            using var kept = dropout.call(active);
            using var outer = linear2.call(kept);
            return dropout2.call(outer);
        }

        internal sealed record Settings(
            long Width, long Heads, long Inner, double Dropout, nn.Activations Activation, bool BatchFirst, bool NormFirst);
    }

    /// <summary>Encoder layers one after the other, all starting as copies of one.</summary>
    public sealed class TransformerEncoder :
        nn.Module<Tensor, Tensor?, Tensor?, Tensor>, nn.IModule<Tensor, Tensor?, Tensor>, nn.IModule<Tensor, Tensor>
    {
        private readonly ModuleList<TransformerEncoderLayer> layers;

        internal TransformerEncoder(TransformerEncoderLayer layer, long count)
            : base(nameof(TransformerEncoder))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            layers = new([.. Enumerable.Range(0, (int)count).Select(_ => layer.Copy())]);
            RegisterComponents();
        }

        public override Tensor forward(Tensor src, Tensor? src_mask, Tensor? src_key_padding_mask)
        {
            var current = src.alias();
            foreach (var layer in layers)
            {
                using var before = current;
                current = layer.call(before, src_mask, src_key_padding_mask);
            }
            return current;
        }

        public Tensor call(Tensor src, Tensor? src_mask) => call(src, src_mask, null);

        public Tensor call(Tensor src) => call(src, null, null);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public enum Activations
            {
                ReLU = 0,
                GELU = 1,
            }

            /// <param name="d_model">Values of each element of the sequence.</param>
            /// <param name="nhead">Heads of the attention.</param>
            /// <param name="dim_feedforward">Values between the two linear layers.</param>
            /// <param name="dropout">Probability of zero, in training.</param>
            /// <param name="activation">What is between the two linear layers.</param>
            /// <param name="batch_first">Whether tensors are [N, L, E]; PyTorch's, which TorchSharp has not.</param>
            /// <param name="norm_first">Whether norms come before attention and linear layers; PyTorch's, which TorchSharp has not.</param>
            public static TransformerEncoderLayer TransformerEncoderLayer(
                long d_model = 512, long nhead = 8, long dim_feedforward = 2048, double dropout = 0.1,
                Activations activation = Activations.ReLU, bool batch_first = false, bool norm_first = false) =>
                new(new(d_model, nhead, dim_feedforward, dropout, activation, batch_first, norm_first));

            /// <summary>Copies <paramref name="encoder_layer"/>, which stays the caller's.</summary>
            public static TransformerEncoder TransformerEncoder(TransformerEncoderLayer encoder_layer, long num_layers) =>
                new(encoder_layer, num_layers);
        }
    }
}
