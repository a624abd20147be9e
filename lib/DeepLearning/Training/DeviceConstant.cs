using static TorchSharp.torch;

namespace DeepLearning.Training;

/// <summary>A constant tensor that is copied once to the device and type of the tensors that it is used with.</summary>
internal sealed class DeviceConstant(IReadOnlyList<double>? values)
{
    private Tensor? _tensor;

    /// <summary>Returns the constant in the type and on the device of a tensor; null if there are no values.</summary>
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
