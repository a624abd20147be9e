using System.Globalization;
using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>
/// Reads and writes the public fields of TorchSharp's optimizer options and states. The fields have PyTorch's names, except for pairs of
/// numbers that PyTorch keeps in one tuple, such as <c>betas</c>.
/// </summary>
internal static class OptimizerFields
{
    public const string StepName = "step";

    private const string RateName = "lr", InitialRateName = "initial_lr";

    private static readonly Dictionary<string, (string Pair, int Index)> _pairs = new()
    {
        ["beta1"] = ("betas", 0),
        ["beta2"] = ("betas", 1),
        ["etaminus"] = ("etas", 0),
        ["etaplus"] = ("etas", 1),
        ["min_step"] = ("step_sizes", 0),
        ["max_step"] = ("step_sizes", 1),
    };

    public static FieldInfo[] Of(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Instance);

    /// <summary>Returns options as a parameter group of PyTorch's state, without the parameters.</summary>
    public static Dictionary<string, object?> OptionsOf(OptimizerOptions options)
    {
        var group = new Dictionary<string, object?> { [RateName] = options.LearningRate, [InitialRateName] = options.InitialLearningRate };
        foreach (var field in Of(options.GetType()))
        {
            var value = field.GetValue(options);
            if (_pairs.TryGetValue(field.Name, out var place))
            {
                if (group.GetValueOrDefault(place.Pair) is not object?[] pair)
                    group[place.Pair] = pair = new object?[2];
                pair[place.Index] = value;
            }
            else if (value is not null)
            {
                group[field.Name] = value;
            }
        }
        return group;
    }

    /// <summary>Returns new options with the values of a group; options that the group lacks are copied from <paramref name="own"/>.</summary>
    /// <exception cref="InvalidDataException">An option has the wrong type.</exception>
    public static OptimizerOptions Read(OptimizerOptions own, Dictionary<object, object?> group)
    {
        var options = New<OptimizerOptions>(own.GetType());
        options.LearningRate = (double?)Option(RateName, group.GetValueOrDefault(RateName), typeof(double)) ?? own.LearningRate;
        // as in PyTorch, where the first scheduler uses the current rate as the initial rate
        options.InitialLearningRate = (double?)Option(InitialRateName, group.GetValueOrDefault(InitialRateName), typeof(double))
            ?? options.LearningRate ?? own.InitialLearningRate;
        foreach (var field in Of(own.GetType()))
        {
            var value = !_pairs.TryGetValue(field.Name, out var place)
                ? group.GetValueOrDefault(field.Name)
                : group.GetValueOrDefault(place.Pair) switch
                {
                    null => null,
                    IReadOnlyList<object?> { Count: 2 } pair => pair[place.Index],
                    _ => throw new InvalidDataException($"The option {place.Pair} of a parameter group is not a pair of numbers."),
                };
            field.SetValue(options, Option(field.Name, value, field.FieldType) ?? field.GetValue(own));
        }
        return options;
    }

    /// <summary>Returns a numeric option that the group lacks; switches, which newer versions of PyTorch have added, keep their values.</summary>
    public static string? MissingOption(OptimizerOptions own, Dictionary<object, object?> group) => OptionsOf(own)
        .Where(option => option.Value is double or object?[] && option.Key is not (RateName or InitialRateName))
        .Select(option => option.Key).FirstOrDefault(name => !group.ContainsKey(name));

    /// <summary>Returns the state of a parameter with PyTorch's names, or null if there is none.</summary>
    /// <remarks>
    /// TorchSharp creates most states with the optimizer, PyTorch at the first step. Both train equally from such a state, and the number of steps
    /// does not show whether there was a step: TorchSharp's Adadelta does not count steps.
    /// </remarks>
    public static Dictionary<string, object?>? StateOf(OptimizerState state, Dictionary<string, object?> group)
    {
        var options = group.ToDictionary(entry => (object)entry.Key, entry => entry.Value);
        var entries = Of(state.GetType())
            .Select(field => (field.Name, Value: field.GetValue(state)))
            .Where(entry => entry.Value is not null && IsUsed(entry.Name, options))
            .ToDictionary(entry => entry.Name, entry => entry.Value);
        return entries.Count > 0 ? entries : null;
    }

    /// <summary>Returns whether an optimizer with these options uses a state; TorchSharp allocates some that it does not use.</summary>
    public static bool IsUsed(string name, Dictionary<object, object?> options) => name switch
    {
        "momentum_buffer" => options.GetValueOrDefault("momentum") is not 0.0,
        "grad_avg" => options.GetValueOrDefault("centered") is true,
        "max_exp_avg_sq" => options.GetValueOrDefault("amsgrad") is true,
        _ => true,
    };

    /// <summary>Returns the state of a parameter before its first step.</summary>
    public static OptimizerState NewState(OptimizerState own, Parameter parameter, OptimizerOptions options)
    {
        var state = New<OptimizerState>(own.GetType(), parameter);
        state.Initialize(options);
        return state;
    }

    /// <summary>
    /// Moves all values of <paramref name="source"/> to <paramref name="target"/>, and disposes of the previous tensors of <paramref name="target"/>.
    /// </summary>
    public static void Move(object source, object target)
    {
        DisposeTensors(target);
        foreach (var field in Of(target.GetType()))
        {
            var value = field.GetValue(source);
            field.SetValue(target, value is Tensor tensor ? tensor.DetachFromDisposeScope() : value);
        }
        if (source is OptimizerOptions from && target is OptimizerOptions to)
            (to.LearningRate, to.InitialLearningRate) = (from.LearningRate, from.InitialLearningRate);
    }

    public static void DisposeTensors(object state)
    {
        foreach (var field in Of(state.GetType()))
            (field.GetValue(state) as Tensor)?.Dispose();
    }

    /// <summary>
    /// Converts a value to the type of a field (double, long, bool or a nullable type of these); returns null if it is not convertible.
    /// </summary>
    public static object? Converted(object value, Type type)
    {
        var plain = value is Tensor tensor && tensor.numel() == 1 ? tensor.ToDouble() : value;
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return plain is bool == (target == typeof(bool)) && plain is bool or long or int or double or float
            ? Convert.ChangeType(plain, target, CultureInfo.InvariantCulture)
            : null;
    }

    private static object? Option(string name, object? value, Type type) => value is null
        ? null
        : Converted(value, type) ?? throw new InvalidDataException($"The option {name} of a parameter group has the wrong type {value.GetType().Name}.");

    private static T New<T>(Type type, params object[] arguments)
        where T : class
    {
        try
        {
            return (T)Activator.CreateInstance(type, arguments)!;
        }
        catch (MissingMethodException error)
        {
            throw new NotSupportedException(
                $"{type.FullName} needs a public constructor ({string.Join(", ", arguments.Select(argument => argument.GetType().Name))}) so that its "
                + "optimizer's state can be loaded.",
                error);
        }
    }
}
