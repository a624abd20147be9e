using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Amp;

/// <summary>The functions of PyTorch's module <c>torch.amp</c>, which are reached as <c>torch.amp</c>.</summary>
[SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "An extension property returns the one instance.")]
public sealed class AmpFunctions
{
    internal AmpFunctions()
    {
    }

    /// <summary>Creates a gradient scaler for training in Float16.</summary>
    /// <param name="init_scale">The first scale; positive.</param>
    /// <param name="growth_factor">The factor that the scale grows by after <paramref name="growth_interval"/> steps without overflow; above 1.</param>
    /// <param name="backoff_factor">The factor that the scale shrinks by after an overflow; between 0 and 1.</param>
    /// <param name="growth_interval">The number of steps between growths; at least 1.</param>
    /// <param name="enabled">False makes the scaler do nothing: losses stay as they are, and <c>step</c> is the optimizer's step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public GradScaler GradScaler(
        double init_scale = 65536.0, double growth_factor = 2.0, double backoff_factor = 0.5, int growth_interval = 2000, bool enabled = true) =>
        new(init_scale, growth_factor, backoff_factor, growth_interval, enabled);

    /// <inheritdoc cref="TorchAmp.extension(torch).autocast(string, torch.ScalarType?, bool)"/>
    public IDisposable autocast(string device_type, torch.ScalarType? dtype = null, bool enabled = true) =>
        torch.autocast(device_type, dtype, enabled);
}
