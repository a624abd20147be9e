using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// Until the result is disposed, operators that bear it (matrix products, convolutions) run in a narrower type on this thread, and those
    /// that need it (losses, softmax) in Float32. TorchSharp has no such function; see
    /// <see href="https://pytorch.org/docs/stable/amp.html">torch.autocast</see>.
    /// </summary>
    /// <param name="device_type">"cpu" or "cuda": which device's operators.</param>
    /// <param name="dtype">The narrower type; BFloat16 on the CPU and Float16 on CUDA unless told.</param>
    /// <param name="enabled">false turns autocast off inside another.</param>
    /// <exception cref="ArgumentException">The device or the type is none that autocast knows.</exception>
    /// <remarks>Backward belongs outside: it runs each operator's gradient in the type that its forward ran in.</remarks>
    public static IDisposable autocast(string device_type, ScalarType? dtype = null, bool enabled = true)
    {
        var device = new Device(device_type);
        var type = dtype ?? (device.type == DeviceType.CPU ? ScalarType.BFloat16 : ScalarType.Float16);
        if (device.type is not (DeviceType.CPU or DeviceType.CUDA))
            throw new ArgumentException($"autocast knows cpu and cuda, not {device_type}.", nameof(device_type));
        if (type is not (ScalarType.BFloat16 or ScalarType.Float16) || (device.type == DeviceType.CPU && type != ScalarType.BFloat16))
            throw new ArgumentException($"autocast on {device_type} cannot run operators in {type}.", nameof(dtype));
        return new AutocastMode(device.type, type, enabled);
    }

    private sealed unsafe class AutocastMode : IDisposable
    {
        private readonly DeviceType _device;
        private readonly (int On, int Type) _before;
        private bool _left;

        public AutocastMode(DeviceType device, ScalarType type, bool enabled)
        {
            _device = device;
            _before = Exchange(enter: true, enabled ? 1 : 0, (int)type);
        }

        public void Dispose()
        {
            if (_left)
                return;
            _left = true;
            Exchange(enter: false, _before.On, _before.Type);
        }

        private (int On, int Type) Exchange(bool enter, int on, int type)
        {
            Door.Check(Door.door_autocast((int)_device, enter ? 1 : 0, &on, &type));
            return (on, type);
        }
    }
}
