namespace TorchSharp;

/// <summary>How a convolution continues its input over the edge.</summary>
public enum PaddingModes
{
    Zeros,
    Reflect,
    Replicate,
    Circular,

    /// <summary>As <see cref="Zeros"/>, where padding takes a value.</summary>
    Constant,
}

/// <summary>Padding by name: none, or as much as keeps the size.</summary>
public enum Padding
{
    Valid = 0,
    Same = 1,
}
