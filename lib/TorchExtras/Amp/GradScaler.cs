using System.Globalization;

namespace TorchSharp.Amp;

/// <summary>
/// Scales losses so that small gradients do not underflow in Float16, and unscales the gradients before the optimizer's step. If gradients overflow,
/// the step is skipped and the scale is reduced; after a number of steps without overflow, the scale grows.
/// </summary>
/// <remarks>
/// <para>Create it with <c>torch.amp.GradScaler()</c>. Use one scaler for one training run. The class is not thread-safe.</para>
/// <para>
/// PyTorch: <see href="https://pytorch.org/docs/stable/amp.html#gradient-scaling">torch.amp.GradScaler</see>. Micikevicius et al., 2017,
/// <see href="https://arxiv.org/abs/1710.03740">Mixed precision training</see>.
/// </para>
/// </remarks>
public sealed class GradScaler
{
    private readonly bool _enabled;
    private readonly Dictionary<torch.optim.Optimizer, bool> _hasOverflowed = new(ReferenceEqualityComparer.Instance);
    private double _scale;
    private double _growthFactor;
    private double _backoffFactor;
    private int _growthInterval;
    private int _stepsSinceChange;

    internal GradScaler(double scale, double growthFactor, double backoffFactor, int growthInterval, bool enabled)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale, "init_scale");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(growthFactor, 1, "growth_factor");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(backoffFactor, "backoff_factor");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(backoffFactor, 1, "backoff_factor");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(growthInterval, "growth_interval");
        (_scale, _growthFactor, _backoffFactor, _growthInterval, _enabled) = (scale, growthFactor, backoffFactor, growthInterval, enabled);
    }

    /// <summary>Returns the scale; 1 if the scaler is disabled.</summary>
    public double get_scale() => _enabled ? _scale : 1;

    /// <summary>Returns whether the scaler is enabled.</summary>
    public bool is_enabled() => _enabled;

    /// <summary>Multiplies a loss by the scale.</summary>
    /// <param name="outputs">The loss.</param>
    /// <returns>A new tensor, for <c>backward()</c>.</returns>
    public torch.Tensor scale(torch.Tensor outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        using Scalar factor = _scale; // kept alive during the call, because TorchSharp does not keep it alive
        return _enabled ? outputs.mul(factor) : outputs.alias();
    }

    /// <summary>
    /// Divides an optimizer's gradients by the scale. <see cref="step"/> also does this; call this method first to use the unscaled gradients, for
    /// example for clipping.
    /// </summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <exception cref="InvalidOperationException">
    /// There are no gradients, or they were already unscaled since the last <see cref="update"/>.
    /// </exception>
    public void unscale_(torch.optim.Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (!_enabled)
            return;
        if (_hasOverflowed.ContainsKey(optimizer))
            throw new InvalidOperationException("unscale_(optimizer) was already called for this optimizer since the last update().");
        using var untracked = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        using Scalar inverse = 1 / _scale; // kept alive during the calls, because TorchSharp does not keep it alive
        List<torch.Tensor> finite = [];
        foreach (var parameter in optimizer.parameters())
        {
            if (parameter.grad is not { } gradient)
                continue;
            gradient.mul_(inverse);
            finite.Add(gradient.isfinite().all().cpu());
        }
        if (finite.Count == 0)
            throw new InvalidOperationException("There are no gradients to unscale. Call scaler.scale(loss).backward() first.");
        _hasOverflowed[optimizer] = !torch.stack(finite).all().item<bool>();
    }

    /// <summary>Calls an optimizer's step, unless its gradients overflowed.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <returns>The result of the optimizer's <c>step</c>; null if the step was skipped.</returns>
    /// <exception cref="InvalidOperationException">There are no gradients.</exception>
    public torch.Tensor? step(torch.optim.Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (!_enabled)
            return optimizer.step();
        if (!_hasOverflowed.ContainsKey(optimizer))
            unscale_(optimizer);
        return _hasOverflowed[optimizer] ? null : optimizer.step();
    }

    /// <summary>Updates the scale. Call this method once after the steps of all optimizers.</summary>
    /// <exception cref="InvalidOperationException">No step was taken since the last call.</exception>
    public void update()
    {
        if (!_enabled)
            return;
        if (_hasOverflowed.Count == 0)
            throw new InvalidOperationException("update() was called without step(optimizer) before it.");
        if (_hasOverflowed.ContainsValue(true))
        {
            _scale *= _backoffFactor;
            _stepsSinceChange = 0;
        }
        else if (++_stepsSinceChange == _growthInterval)
        {
            _scale *= _growthFactor;
            _stepsSinceChange = 0;
        }
        _hasOverflowed.Clear();
    }

    /// <summary>Returns the state for resuming training exactly; empty if the scaler is disabled.</summary>
    /// <returns>The state with PyTorch's names and numbers as <see cref="double"/> and <see cref="long"/>.</returns>
    public Dictionary<string, object> state_dict() => _enabled
        ? new()
        {
            ["scale"] = _scale,
            ["growth_factor"] = _growthFactor,
            ["backoff_factor"] = _backoffFactor,
            ["growth_interval"] = (long)_growthInterval,
            ["_growth_tracker"] = (long)_stepsSinceChange,
        }
        : [];

    /// <summary>Loads a saved state. A disabled scaler ignores it.</summary>
    /// <param name="state_dict">A result of <see cref="state_dict"/>, or a state of PyTorch's scaler.</param>
    /// <exception cref="InvalidOperationException">The state is empty: it was saved from a disabled scaler.</exception>
    /// <exception cref="ArgumentException">An entry is missing.</exception>
    public void load_state_dict(IReadOnlyDictionary<string, object> state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        if (!_enabled)
            return;
        if (state_dict.Count == 0)
            throw new InvalidOperationException("The state is empty: it was saved from a scaler that was created with enabled: false.");
        (_scale, _growthFactor, _backoffFactor, _growthInterval, _stepsSinceChange) = (
            Number("scale"), Number("growth_factor"), Number("backoff_factor"), (int)Number("growth_interval"), (int)Number("_growth_tracker"));

        double Number(string key) => state_dict.TryGetValue(key, out var value)
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
            : throw new ArgumentException($"The state does not have the entry '{key}' of a GradScaler; its entries are {string.Join(", ", state_dict.Keys)}.", nameof(state_dict));
    }
}
