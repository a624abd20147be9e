namespace TorchSharp;

/// <summary>What a loss does with the losses of a batch's samples.</summary>
public enum Reduction : long
{
    None = 0,
    Mean = 1,
    Sum = 2,
}

/// <summary>How a convolution continues its input over the edge.</summary>
public enum PaddingModes
{
    Zeros,
    Reflect,
    Replicate,
    Circular,
}
