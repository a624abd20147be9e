using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Amp;

/// <summary>The functions of PyTorch's module <c>torch.amp</c>.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "An extension property returns the one instance.")]
public sealed class AmpFunctions
{
    internal AmpFunctions()
    {
    }

    /// <summary>Creates a gradient scaler for training in Float16.</summary>
    /// <param name="init_scale">The initial scale; greater than 0.</param>
    /// <param name="growth_factor">
    /// The factor by which the scale grows after <paramref name="growth_interval"/> steps without overflow; greater than 1.
    /// </param>
    /// <param name="backoff_factor">The factor by which the scale is multiplied after an overflow; between 0 and 1.</param>
    /// <param name="growth_interval">The number of steps between growths; at least 1.</param>
    /// <param name="enabled">
    /// Whether the scaler is enabled. A disabled scaler does not scale losses, and <c>step</c> only calls the optimizer's step.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public GradScaler GradScaler(
        double init_scale = 65536.0, double growth_factor = 2.0, double backoff_factor = 0.5, int growth_interval = 2000, bool enabled = true) =>
        new(init_scale, growth_factor, backoff_factor, growth_interval, enabled);

    /// <inheritdoc cref="TorchAmp.extension(torch).autocast(string, torch.ScalarType?, bool)"/>
    public IDisposable autocast(string device_type, torch.ScalarType? dtype = null, bool enabled = true) =>
        torch.autocast(device_type, dtype, enabled);
}
