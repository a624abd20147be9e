using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Data;

/// <summary>
/// The synthetic data of tutorial 001: three inputs from 0 to 1, and one of three classes, depending on whether their sum is below 1, between 1 and
/// 2, or above 2. The inputs determine the class, so an accuracy of 1 is possible. Two thirds of the samples are in the middle class.
/// </summary>
public static class ThreeClasses
{
    /// <summary>Generates the data: inputs [N, 3], and targets [N, 3] that are 1 for the class and 0 for the others.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="seed">The seed of the inputs, which gives the same numbers as in PyTorch; the default random generator is not used.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    public static TableData Make(int count = 10_000, long seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        using var generator = new Generator(unchecked((ulong)seed));
        using var scope = NewDisposeScope();
        var (x1, x2, x3) = (Input(), Input(), Input());
        var x = cat([x1, x2, x3], 1);
        using Scalar one = 1; // these are kept alive during the calls, because TorchSharp does not keep them alive
        using Scalar two = 2;
        var sum = x1.add(x2, one).add(x3, one);
        var y = cat([sum.lt(one), sum.gt(one) & sum.lt(two), sum.gt(two)], 1).to(ScalarType.Float32);
        return new TableData("three classes", x, y, ["x1", "x2", "x3"], ["y1", "y2", "y3"]);

        Tensor Input() => rand([count, 1], generator: generator);
    }
}
