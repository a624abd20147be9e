using TorchSharp;
using TorchSharp.Amp;
using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>
/// Mixed precision: matrix products and convolutions in 16 bits, weights and sums in 32 bits. The class uses <c>torch.autocast</c> and, for Float16,
/// a <see cref="GradScaler"/>. Results differ from full precision in the third digit.
/// </summary>
/// <remarks>
/// Tutorial 003, mixed precision. Micikevicius et al., 2017, <see href="https://arxiv.org/abs/1710.03740">Mixed precision training</see>. One object
/// serves one training run. Float16 on a GPU is untested.
/// </remarks>
/// <param name="type">BFloat16, which needs no loss scaling and also runs on CPUs, or Float16, for GPUs only.</param>
public sealed class MixedPrecision(ScalarType type = ScalarType.BFloat16) : Precision
{
    private readonly GradScaler? _scaler = type == ScalarType.Float16 ? torch.amp.GradScaler() : null;

    /// <inheritdoc/>
    protected internal override IDisposable? Enter(Device device) => torch.autocast(device.type == DeviceType.CUDA ? "cuda" : "cpu", type);

    /// <inheritdoc/>
    protected internal override void Backward(Tensor loss)
    {
        if (_scaler is null)
        {
            loss.backward();
            return;
        }
        using var scaled = _scaler.scale(loss);
        scaled.backward();
    }

    /// <inheritdoc/>
    protected internal override void Unscale(optim.Optimizer optimizer) => _scaler?.unscale_(optimizer);

    /// <inheritdoc/>
    protected internal override void Update(optim.Optimizer optimizer)
    {
        if (_scaler is null)
        {
            optimizer.step();
            return;
        }
        _scaler.step(optimizer);
        _scaler.update();
    }

    /// <inheritdoc/>
    protected internal override object? SaveState() => _scaler?.state_dict();

    /// <inheritdoc/>
    protected internal override void LoadState(object? state)
    {
        if (state is Dictionary<object, object?> saved)
            _scaler?.load_state_dict(saved.ToDictionary(entry => (string)entry.Key, entry => entry.Value!));
    }
}
