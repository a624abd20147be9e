using TorchSharp;
using static TorchSharp.torch;

namespace DeepLearning.Metrics;

/// <summary>
/// Checks the values of targets, because a wrong value would silently change a score. Targets on another device than the CPU are not checked: reading
/// them would wait for the device.
/// </summary>
internal static class Targets
{
    /// <summary>Requires the index of a class as each target.</summary>
    /// <exception cref="ArgumentException">
    /// A target is negative, not less than <paramref name="classes"/>, or not a whole number.
    /// </exception>
    public static void RequireClasses(string what, Tensor targets, long classes)
    {
        if (targets.device_type != DeviceType.CPU)
            return;
        if (targets.is_floating_point())
        {
            using var numbers = targets.to(ScalarType.Float64).contiguous();
            RequireWhole(what, CpuValues.Of<double>(numbers, ScalarType.Float64), classes);
            return;
        }
        var labels = CpuValues.Of<long>(targets, ScalarType.Int64);
        if (labels.Length != targets.numel())
        {
            using var copy = targets.to(ScalarType.Int64).contiguous();
            RequireClasses(what, CpuValues.Of<long>(copy, ScalarType.Int64), classes);
        }
        else
        {
            RequireClasses(what, labels, classes);
        }
    }

    /// <summary>Requires 0, 1 or a probability as each target.</summary>
    /// <exception cref="ArgumentException">A target is less than 0, greater than 1 or NaN.</exception>
    public static void RequireBinary(string what, Tensor targets)
    {
        if (targets.device_type != DeviceType.CPU || targets.dtype == ScalarType.Bool)
            return;
        var values = CpuValues.Of<float>(targets, ScalarType.Float32);
        if (values.Length != targets.numel())
        {
            using var copy = targets.to(ScalarType.Float32).contiguous();
            RequireBinary(what, CpuValues.Of<float>(copy, ScalarType.Float32));
        }
        else
        {
            RequireBinary(what, values);
        }
    }

    private static void RequireClasses(string what, ReadOnlySpan<long> labels, long classes)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0 || labels[i] >= classes)
                throw new ArgumentException($"{what} takes the index of a class, 0 to {classes - 1}, as each target; target {i} is {labels[i]}.");
        }
    }

    private static void RequireWhole(string what, ReadOnlySpan<double> labels, long classes)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (!(labels[i] >= 0 && labels[i] < classes && Math.Floor(labels[i]) == labels[i]))
                throw new ArgumentException(FormattableString.Invariant($"{what} takes the index of a class, 0 to {classes - 1}, as each target; target {i} is {labels[i]}."));
        }
    }

    private static void RequireBinary(string what, ReadOnlySpan<float> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not (>= 0 and <= 1))
                throw new ArgumentException(FormattableString.Invariant($"{what} takes 0 or 1 as each target; target {i} is {values[i]}."));
        }
    }
}
