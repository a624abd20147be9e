namespace TorchSharp;

/// <summary>How a tensor's elements lie in memory, numbered as in libtorch.</summary>
public enum layout
{
    strided = 0,
    sparse_coo = 1,
    sparse_csr = 2,
}
