using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Operators over lists of tensors.</summary>
internal static class Foreach
{
    public static void Multiply(Tensor[] tensors, double factor) => Aten.Do("_foreach_mul_.Scalar", tensors, factor);

    public static void Multiply(Tensor[] tensors, Tensor[] factors) => Aten.Do("_foreach_mul_.List", tensors, factors);

    public static void Add(Tensor[] tensors, Tensor[] others, double factor) => Aten.Do("_foreach_add_.List", tensors, others, factor);

    public static void Add(Tensor[] tensors, double number) => Aten.Do("_foreach_add_.Scalar", tensors, number);

    public static void Divide(Tensor[] tensors, double divisor) => Aten.Do("_foreach_div_.Scalar", tensors, divisor);

    public static void Divide(Tensor[] tensors, Tensor[] divisors) => Aten.Do("_foreach_div_.List", tensors, divisors);

    public static void AddProduct(Tensor[] tensors, Tensor[] left, Tensor[] right, double factor) =>
        Aten.Do("_foreach_addcmul_.Scalar", tensors, left, right, factor);

    public static void AddQuotient(Tensor[] tensors, Tensor[] dividends, Tensor[] divisors, double factor) =>
        Aten.Do("_foreach_addcdiv_.Scalar", tensors, dividends, divisors, factor);

    public static void Root(Tensor[] tensors) => Aten.Do("_foreach_sqrt_", tensors);

    public static Tensor[] Sum(Tensor[] tensors, Tensor[] others, double factor) =>
        Aten.CallList("_foreach_add.List", tensors, others, factor);

    public static Tensor[] Sum(Tensor[] tensors, double number) => Aten.CallList("_foreach_add.Scalar", tensors, number);

    public static Tensor[] SumProduct(Tensor[] tensors, Tensor[] left, Tensor[] right, double factor) =>
        Aten.CallList("_foreach_addcmul.Scalar", tensors, left, right, factor);

    public static Tensor[] SquareRoot(Tensor[] tensors) => Aten.CallList("_foreach_sqrt", tensors);

    public static Tensor[] Negative(Tensor[] tensors) => Aten.CallList("_foreach_neg", tensors);

    public static void Maximum(Tensor[] tensors, Tensor[] others) => Aten.Do("_foreach_maximum_.List", tensors, others);

    /// <summary>The gradients turned around, and with the weights' decay, where these are asked for: new tensors, or none.</summary>
    public static Tensor[]? Slopes(Tensor[] gradients, Tensor[] parameters, bool maximize, double weight_decay)
    {
        var turned = maximize ? Negative(gradients) : null;
        if (weight_decay == 0)
            return turned;
        var decayed = Sum(turned ?? gradients, parameters, weight_decay);
        Dispose(turned ?? []);
        return decayed;
    }

    public static void Dispose(Tensor[] tensors)
    {
        foreach (var tensor in tensors)
            tensor.Dispose();
    }
}
