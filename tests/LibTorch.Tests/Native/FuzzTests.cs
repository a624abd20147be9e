using System.Reflection;
using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Native;

// Every public operator, called with whatever fits its parameters' types and nothing else: it may throw, never abort.
public sealed class FuzzTests
{
    private const int CallsPerMethod = 25;

    // not operators, or of a lifetime of their own
    private static readonly HashSet<string> _left =
    [
        "Dispose", "Equals", "GetHashCode", "GetType", "ToString", "MoveHandle", "print", "register_hook", "set_num_threads",
        "set_printoptions", "inference_mode", "no_grad", "enable_grad", "set_grad_enabled", "NewDisposeScope", "set_rng_state",
    ];

    private static readonly ScalarType[] _types =
    [
        ScalarType.Float32, ScalarType.Float64, ScalarType.Int64, ScalarType.Int32, ScalarType.Bool, ScalarType.Byte, ScalarType.Float16,
        ScalarType.BFloat16, ScalarType.ComplexFloat32,
    ];

    // nothing between: sizes that a machine would try to allocate
    private static readonly long[] _numbers = [0, 1, 2, 3, 4, -1, -2, -5, 7, 1L << 60, long.MinValue, long.MaxValue];

    public static TheoryData<string> Surfaces => ["Tensor", "torch", "functional", "linalg"];

    [Theory]
    [MemberData(nameof(Surfaces))]
    public void No_operator_aborts_whatever_its_arguments(string surface)
    {
        var random = new Random(20);
        var (succeeded, refused) = (0, 0);
        foreach (var method in Methods(surface))
        {
            for (var call = 0; call < CallsPerMethod; call++)
            {
                using var scope = NewDisposeScope();
                var target = method.IsStatic ? null : AnyTensor(random);
                object?[] arguments = [.. method.GetParameters().Select(parameter => Any(parameter, random))];
                try
                {
                    method.Invoke(target, arguments);
                    succeeded++;
                }
                catch (TargetInvocationException error)
                {
                    Assert.False(error.InnerException is NullReferenceException or AccessViolationException, $"{method}: {error.InnerException}");
                    refused++;
                }
            }
        }
        // a fuzz that never gets through tests nothing, nor one that is never refused
        Assert.True(succeeded > 20 && refused > 20, $"{succeeded} calls went through, {refused} were refused.");
    }

    internal static IEnumerable<MethodInfo> Methods(string surface)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var type = surface switch
        {
            "Tensor" => typeof(Tensor),
            "functional" => typeof(nn.functional),
            "linalg" => typeof(linalg),
            _ => typeof(torch),
        };
        return type.GetMethods(Declared)
            .Where(method => !_left.Contains(method.Name) && !method.IsGenericMethod && !method.Name.StartsWith("set_", StringComparison.Ordinal))
            .Where(method => !method.ReturnType.IsByRefLike && method.GetParameters().All(parameter => IsKnown(parameter.ParameterType)));
    }

    private static bool IsKnown(Type type) => Any(type, new Random(1), out _);

    internal static object? Any(ParameterInfo parameter, Random random)
    {
        if (parameter.HasDefaultValue && random.Next(3) == 0)
            return parameter.DefaultValue is DBNull ? null : Default(parameter);
        Any(parameter.ParameterType, random, out var value);
        return value;
    }

    private static object? Default(ParameterInfo parameter) =>
        parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, parameter.DefaultValue!) : parameter.DefaultValue;

    private static bool Any(Type type, Random random, out object? value)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        value = inner switch
        {
            _ when inner == typeof(Tensor) => AnyTensor(random),
            _ when inner == typeof(Tensor[]) => Tensors(random),
            _ when inner == typeof(IList<Tensor>) || inner == typeof(IEnumerable<Tensor>) => Tensors(random).ToList(),
            _ when inner == typeof(long) => Pick(_numbers, random),
            _ when inner == typeof(int) => (int)Math.Clamp(Pick(_numbers, random), int.MinValue, int.MaxValue),
            _ when inner == typeof(long[]) => Sizes(random),
            _ when inner == typeof(double) => Pick([0.0, 0.5, -1, 2, double.NaN, double.PositiveInfinity, 1e300], random),
            _ when inner == typeof(float) => Pick([0f, 0.5f, -1, 2, float.NaN, float.PositiveInfinity], random),
            _ when inner == typeof(bool) => random.Next(2) == 0,
            _ when inner == typeof(Scalar) => (Scalar)Pick([0.0, 1, -2, 0.5, double.NaN], random),
            _ when inner == typeof(ScalarType) => Pick(_types, random),
            _ when inner.IsEnum => Enum.GetValues(inner).GetValue(random.Next(Enum.GetValues(inner).Length)),
            _ when inner == typeof((long, long)) => (Pick(_numbers, random), Pick(_numbers, random)),
            _ when inner == typeof(double[]) => Enumerable.Range(0, random.Next(4)).Select(_ => Pick([0.0, 0.5, 2, -1, double.NaN], random)).ToArray(),
            _ when inner == typeof(bool[]) => new[] { true, false, true }[..random.Next(4)],
            _ when inner == typeof(string) => Pick(["ij,jk->ik", "xy", "", "…"], random),
            _ when inner == typeof(char) => Pick(['L', 'U', 'x'], random),
            _ when inner == typeof(Device) => Pick([CPU, META], random),
            _ when inner == typeof(TensorIndex[]) => Indices(random),
            _ when inner == typeof(Generator) => null,
            _ => DBNull.Value,
        };
        return value is not DBNull;
    }

    private static T Pick<T>(T[] choices, Random random) => choices[random.Next(choices.Length)];

    private static long[] Sizes(Random random) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => Pick(_numbers, random))];

    private static Tensor[] Tensors(Random random) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => AnyTensor(random))];

    private static TensorIndex[] Indices(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(4)).Select(_ => Pick<TensorIndex>(
            [TensorIndex.None, TensorIndex.Ellipsis, 0, -1, 99, true, TensorIndex.Slice(1, 3), TensorIndex.Slice(step: -1), AnyTensor(random)], random)),
    ];

    internal static Tensor AnyTensor(Random random)
    {
        var shape = Enumerable.Range(0, random.Next(5)).Select(_ => (long)Pick([0, 1, 2, 3, 5], random)).ToArray();
        var tensor = ones(shape, Pick(_types, random), random.Next(12) == 0 ? META : null);
        switch (random.Next(8))
        {
            case 0:
                tensor.Dispose();
                break;
            case 1 when tensor.is_floating_point():
                tensor.requires_grad_();
                break;
            case 2 when shape.Length > 1:
                return tensor.transpose(0, 1);
        }
        return tensor;
    }
}
