namespace TorchSharp;

/// <summary>How a convolution continues its input over the edge.</summary>
public enum PaddingModes
{
    Zeros,
    Reflect,
    Replicate,
    Circular,

    /// <summary>As <see cref="Zeros"/>, for <see cref="torch.nn.functional.pad(torch.Tensor, long[], PaddingModes, double)"/> with a value.</summary>
    Constant,
}

/// <summary>Padding by name: none, or as much as keeps the size.</summary>
public enum Padding
{
    Valid = 0,
    Same = 1,
}
