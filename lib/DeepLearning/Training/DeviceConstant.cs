using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>Numbers as a tensor on the device and in the type of the tensors that it is used with; it is copied there once.</summary>
internal sealed class DeviceConstant(IReadOnlyList<double>? values)
{
    private Tensor? _tensor;

    /// <summary>Returns the tensor; null for null.</summary>
    public Tensor? Like(Tensor other)
    {
        if (values is null)
            return null;
        if (_tensor is null || _tensor.device.ToString() != other.device.ToString() || _tensor.dtype != other.dtype)
        {
            _tensor?.Dispose();
            _tensor = tensor(values.ToArray(), other.dtype, other.device).DetachFromDisposeScope();
        }
        return _tensor;
    }
}
