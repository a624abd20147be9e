#pragma warning disable CA1822 // instance members, so that they are called as in PyTorch: torch.distributed.ReduceOp.SUM
namespace TorchSharp.Distributed;

/// <summary>The operation that a reduction applies to the values of all processes.</summary>
public enum ReduceOp
{
    /// <summary>The sum.</summary>
    SUM,

    /// <summary>The mean; floating-point tensors only.</summary>
    AVG,

    /// <summary>The product.</summary>
    PRODUCT,

    /// <summary>The minimum.</summary>
    MIN,

    /// <summary>The maximum.</summary>
    MAX,

    /// <summary>Bitwise and; integer tensors only.</summary>
    BAND,

    /// <summary>Bitwise or; integer tensors only.</summary>
    BOR,

    /// <summary>Bitwise exclusive or; integer tensors only.</summary>
    BXOR,
}

/// <summary>The operations with PyTorch's names, <c>torch.distributed.ReduceOp.SUM</c>.</summary>
public sealed class ReduceOps
{
    internal ReduceOps()
    {
    }

    /// <inheritdoc cref="ReduceOp.SUM"/>
    public ReduceOp SUM => ReduceOp.SUM;

    /// <inheritdoc cref="ReduceOp.AVG"/>
    public ReduceOp AVG => ReduceOp.AVG;

    /// <inheritdoc cref="ReduceOp.PRODUCT"/>
    public ReduceOp PRODUCT => ReduceOp.PRODUCT;

    /// <inheritdoc cref="ReduceOp.MIN"/>
    public ReduceOp MIN => ReduceOp.MIN;

    /// <inheritdoc cref="ReduceOp.MAX"/>
    public ReduceOp MAX => ReduceOp.MAX;

    /// <inheritdoc cref="ReduceOp.BAND"/>
    public ReduceOp BAND => ReduceOp.BAND;

    /// <inheritdoc cref="ReduceOp.BOR"/>
    public ReduceOp BOR => ReduceOp.BOR;

    /// <inheritdoc cref="ReduceOp.BXOR"/>
    public ReduceOp BXOR => ReduceOp.BXOR;
}
