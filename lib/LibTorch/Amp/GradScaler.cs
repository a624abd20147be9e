using TorchSharp.Amp;

namespace TorchSharp.Amp
{
    /// <summary>
    /// Scales a loss up so that small gradients survive a narrow type, and down again before the step; a step whose gradients overflowed is
    /// left out and the scale halved. TorchSharp has no such class; see
    /// <see href="https://pytorch.org/docs/stable/amp.html#gradient-scaling">torch.cuda.amp.GradScaler</see>.
    /// </summary>
    public sealed class GradScaler
    {
        private double _growthFactor;
        private double _backoffFactor;
        private int _growthInterval;
        private readonly bool _enabled;
        private readonly Dictionary<torch.optim.Optimizer, bool> _overflowed = new(ReferenceEqualityComparer.Instance);
        private double _scale;
        private int _goodSteps;

        internal GradScaler(double scale, double growthFactor, double backoffFactor, int growthInterval, bool enabled)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(growthFactor, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(backoffFactor, 1);
            (_scale, _growthFactor, _backoffFactor, _growthInterval, _enabled) =
                (scale, growthFactor, backoffFactor, growthInterval, enabled);
        }

        public double get_scale() => _enabled ? _scale : 1;

        public torch.Tensor scale(torch.Tensor outputs) => _enabled ? outputs * _scale : outputs.alias();

        /// <summary>Divides the gradients by the scale; needed only where they are used before <see cref="step"/>, for clipping.</summary>
        /// <exception cref="InvalidOperationException">It was done for this step already.</exception>
        public void unscale_(torch.optim.Optimizer optimizer)
        {
            if (!_enabled)
                return;
            if (_overflowed.ContainsKey(optimizer))
                throw new InvalidOperationException("unscale_(optimizer) was called already since the last update().");
            using var untracked = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            torch.Tensor[] gradients = [.. optimizer.parameters().Select(parameter => parameter.grad).OfType<torch.Tensor>()];
            if (gradients.Length == 0)
                throw new InvalidOperationException("There are no gradients to unscale: backward comes first.");
            Modules.Foreach.Multiply(gradients, 1 / _scale);
            // one number for all gradients: NaN and infinity pass through sums
            var total = torch.stack([.. gradients.Select(gradient => gradient.@float().abs().sum().cpu())]).sum();
            _overflowed[optimizer] = !double.IsFinite(total.ToDouble());
        }

        /// <summary>The optimizer's step, unless gradients overflowed.</summary>
        public torch.Tensor? step(torch.optim.Optimizer optimizer)
        {
            if (!_enabled)
                return optimizer.step();
            if (!_overflowed.ContainsKey(optimizer))
                unscale_(optimizer);
            return _overflowed[optimizer] ? null : optimizer.step();
        }

        /// <summary>Adapts the scale after the steps of all optimizers.</summary>
        /// <exception cref="InvalidOperationException">No step was taken since the last time.</exception>
        public void update()
        {
            if (!_enabled)
                return;
            if (_overflowed.Count == 0)
                throw new InvalidOperationException("update() comes after step(optimizer).");
            if (_overflowed.ContainsValue(true))
            {
                _scale *= _backoffFactor;
                _goodSteps = 0;
            }
            else if (++_goodSteps == _growthInterval)
            {
                _scale *= _growthFactor;
                _goodSteps = 0;
            }
            _overflowed.Clear();
        }

        /// <summary>What must be kept for training to go on as if it had not been interrupted; nothing where scaling is off.</summary>
        public Dictionary<string, object> state_dict() => _enabled
            ? new()
            {
                ["scale"] = _scale,
                ["growth_factor"] = _growthFactor,
                ["backoff_factor"] = _backoffFactor,
                ["growth_interval"] = (long)_growthInterval,
                ["_growth_tracker"] = (long)_goodSteps,
            }
            : [];

        /// <exception cref="InvalidOperationException">The state is of a scaler that was off.</exception>
        public void load_state_dict(IReadOnlyDictionary<string, object> state_dict)
        {
            ArgumentNullException.ThrowIfNull(state_dict);
            if (!_enabled)
                return;
            if (state_dict.Count == 0)
                throw new InvalidOperationException("The state is empty: it was saved from a scaler made with enabled: false.");
            (_scale, _growthFactor, _backoffFactor) =
                ((double)state_dict["scale"], (double)state_dict["growth_factor"], (double)state_dict["backoff_factor"]);
            (_growthInterval, _goodSteps) = (Convert.ToInt32(state_dict["growth_interval"]), Convert.ToInt32(state_dict["_growth_tracker"]));
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static class amp
        {
            /// <param name="init_scale">The first factor.</param>
            /// <param name="growth_factor">What it is multiplied by after <paramref name="growth_interval"/> steps without overflow; above 1.</param>
            /// <param name="backoff_factor">What it is multiplied by after an overflow; below 1.</param>
            /// <param name="growth_interval">Steps between growths.</param>
            /// <param name="enabled">false makes every method pass its argument through.</param>
            public static GradScaler GradScaler(
                double init_scale = 65536.0, double growth_factor = 2.0, double backoff_factor = 0.5, int growth_interval = 2000,
                bool enabled = true) => new(init_scale, growth_factor, backoff_factor, growth_interval, enabled);
        }
    }
}
