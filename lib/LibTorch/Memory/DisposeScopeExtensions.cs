using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>How a tensor leaves the scope that would dispose it.</summary>
public static class DisposeScopeExtensions
{
    public static T MoveToOuterDisposeScope<T>(this T tensor)
        where T : Tensor
    {
        tensor.OwningDisposeScope?.MoveToOuter(tensor);
        return tensor;
    }

    public static T DetachFromDisposeScope<T>(this T tensor)
        where T : Tensor
    {
        tensor.OwningDisposeScope?.Detach(tensor);
        return tensor;
    }
}
