using TorchSharp.Extras.Native;

namespace TorchSharp.Amp;

/// <summary>An autocast region of one thread, which restores the previous mode when it is disposed of.</summary>
internal sealed class AutocastMode : IDisposable
{
    private readonly DeviceType _device;
    private readonly bool _wasEnabled;
    private readonly torch.ScalarType _previousType;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _hasEnded;

    public AutocastMode(DeviceType device, torch.ScalarType type, bool enabled)
    {
        _device = device;
        (_wasEnabled, _previousType) = (AutocastFunctions.IsEnabled(device), AutocastFunctions.Type(device));
        AutocastFunctions.Enter();
        AutocastFunctions.Set(device, enabled, type);
    }

    /// <exception cref="InvalidOperationException">The region began on another thread.</exception>
    public void Dispose()
    {
        if (_hasEnded)
            return;
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException(
                "An autocast region must end on the thread where it began, because the mode belongs to the thread. Do not await inside the region.");
        }
        _hasEnded = true;
        AutocastFunctions.Leave();
        AutocastFunctions.Set(_device, _wasEnabled, _previousType);
    }
}
