using System.Globalization;

namespace TorchSharp;

/// <summary>The kind of a device, numbered as in libtorch.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
    META = 14,
    MPS = 13,
}

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static readonly Device META = new(DeviceType.META);

    /// <exception cref="NotSupportedException">There is none.</exception>
    public static Device CUDA
    {
        get
        {
            cuda.Require();
            return new Device(DeviceType.CUDA);
        }
    }

    /// <summary>A device by PyTorch's name for it: "cpu", "cuda", "cuda:1".</summary>
    /// <exception cref="ArgumentException">No device has that name.</exception>
    public static Device device(string name) => new(name);

    public static Device device(DeviceType type, int index = -1) => new(type, index);

    /// <summary>Where a tensor lives and its operators run.</summary>
    public sealed class Device : IEquatable<Device>
    {
        public Device(DeviceType type, int index = -1)
        {
            this.type = type;
            this.index = index;
        }

        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            var number = -1;
            if (parts.Length > 2 || int.TryParse(parts[0], out _) || !Enum.TryParse(parts[0], ignoreCase: true, out DeviceType named)
                || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number)))
                throw new ArgumentException($"There is no device '{description}': write cpu, cuda, cuda:0, mps or meta.", nameof(description));
            type = named;
            index = number;
        }

        public DeviceType type { get; }

        /// <summary>Which of several; -1 where there is no choice.</summary>
        public int index { get; }

        internal long Packed => ((long)type << 32) | (uint)index;

        public static implicit operator Device(string description) => new(description);

        public override string ToString() =>
            type.ToString().ToLowerInvariant() + (index >= 0 ? ":" + index.ToString(CultureInfo.InvariantCulture) : "");

        public bool Equals(Device? other) => other is not null && other.type == type && other.index == index;

        public override bool Equals(object? obj) => Equals(obj as Device);

        public override int GetHashCode() => HashCode.Combine(type, index);

        public static bool operator ==(Device? left, Device? right) => left is null ? right is null : left.Equals(right);

        public static bool operator !=(Device? left, Device? right) => !(left == right);
    }
}
