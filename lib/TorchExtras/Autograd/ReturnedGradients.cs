namespace TorchSharp.Extras.Autograd;

/// <summary>Keeps the gradients that a backward function returned alive until libtorch has taken its own references.</summary>
/// <remarks>
/// TorchSharp passes the addresses of the returned tensors to libtorch and keeps no reference, so the garbage collector could free them before
/// libtorch has read them. This class frees them when the next function of this thread returns or begins.
/// </remarks>
internal static class ReturnedGradients
{
    [ThreadStatic]
    private static List<torch.Tensor?>? _kept;

    /// <summary>Keeps gradients until the next call on this thread, and frees the gradients of the previous call.</summary>
    public static List<torch.Tensor?> Keep(List<torch.Tensor?> gradients)
    {
        Free();
        foreach (var gradient in gradients)
            gradient?.DetachFromDisposeScope();
        _kept = [.. gradients];
        return gradients;
    }

    /// <summary>Frees the gradients of the last call on this thread.</summary>
    public static void Free()
    {
        foreach (var gradient in _kept ?? [])
            gradient?.Dispose();
        _kept = null;
    }
}
