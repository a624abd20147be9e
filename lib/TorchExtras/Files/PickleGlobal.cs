using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>A pickled <c>torch.nn.Parameter</c>.</summary>
/// <param name="Data">The tensor, or its description.</param>
/// <param name="RequiresGrad">The parameter's requires_grad.</param>
internal sealed record PickledParameter(object Data, bool RequiresGrad);

/// <summary>The Python names that a file of tensors may use, and the results of their calls.</summary>
internal sealed class PickleGlobal
{
    private static readonly Dictionary<string, Func<object?[], object?>> _functions = new()
    {
        ["collections.OrderedDict"] = OrderedDict,
        ["collections.Counter"] = Counter,
        ["torch._utils._rebuild_tensor_v2"] = RebuiltTensor,
        ["torch._utils._rebuild_parameter"] = RebuiltParameter,
        ["torch.Size"] = Size,
    };

    private static readonly Dictionary<string, ScalarType> _storages = new()
    {
        ["torch.ByteStorage"] = ScalarType.Byte,
        ["torch.CharStorage"] = ScalarType.Int8,
        ["torch.ShortStorage"] = ScalarType.Int16,
        ["torch.IntStorage"] = ScalarType.Int32,
        ["torch.LongStorage"] = ScalarType.Int64,
        ["torch.HalfStorage"] = ScalarType.Float16,
        ["torch.FloatStorage"] = ScalarType.Float32,
        ["torch.DoubleStorage"] = ScalarType.Float64,
        ["torch.ComplexFloatStorage"] = ScalarType.ComplexFloat32,
        ["torch.ComplexDoubleStorage"] = ScalarType.ComplexFloat64,
        ["torch.BoolStorage"] = ScalarType.Bool,
        ["torch.BFloat16Storage"] = ScalarType.BFloat16,
    };

    private readonly string _name;

    private PickleGlobal(string name) => _name = name;

    /// <exception cref="InvalidDataException">The name is not one of tensors or plain containers.</exception>
    public static PickleGlobal Named(string module, string name)
    {
        var full = $"{module}.{name}";
        return _functions.ContainsKey(full) || _storages.ContainsKey(full) ? new(full) : throw Refusal(full);
    }

    public static InvalidDataException Refusal(string name) => new(
        $"The file refers to {Printable(name)}, which is neither a tensor nor a plain container. Python would run it; this reader accepts only "
        + "tensors, numbers, strings, lists, tuples and dictionaries. Save the state_dict instead of the whole object.");

    /// <summary>Returns the class name of a storage of this type in pickles: "FloatStorage".</summary>
    public static string StorageName(ScalarType type) => _storages.First(entry => entry.Value == type).Key["torch.".Length..];

    /// <summary>Returns the storage for a persistent id ("storage", type, key, device, elements).</summary>
    public static PickledStorage Storage(object? id) =>
        id is object?[] { Length: 5 or 6 } parts && parts[0] is "storage" && parts[1] is PickleGlobal global && parts[2] is string key
        && parts[4] is long and >= 0 and var elements && parts.ElementAtOrDefault(5) is null && _storages.TryGetValue(global._name, out var type)
            ? new(key, type, elements)
            : throw Damaged("persistent id");

    public object? Call(object?[] arguments) =>
        _functions.TryGetValue(_name, out var function) ? function(arguments) : throw Refusal(_name + "()");

    private static Dictionary<object, object?> OrderedDict(object?[] arguments)
    {
        var dictionary = new Dictionary<object, object?>();
        if (arguments is [])
            return dictionary;
        if (arguments is not [List<object?> pairs])
            throw Damaged("OrderedDict");
        foreach (var pair in pairs)
        {
            var (key, value) = pair switch
            {
                object?[] { Length: 2 } tuple => (tuple[0], tuple[1]),
                List<object?> { Count: 2 } list => (list[0], list[1]),
                _ => throw Damaged("OrderedDict"),
            };
            dictionary[key is string or long or double or bool ? key : throw Damaged("OrderedDict")] = value;
        }
        return dictionary;
    }

    private static Dictionary<object, object?> Counter(object?[] arguments) => arguments switch
    {
        [] => [],
        [Dictionary<object, object?> counts] => new(counts),
        _ => throw Damaged("Counter"),
    };

    private static PickledTensor RebuiltTensor(object?[] arguments)
    {
        if (arguments is not [PickledStorage storage, long offset, object?[] size, object?[] stride, bool requires_grad, ..])
            throw Damaged("tensor");
        if (arguments is [_, _, _, _, _, _, Dictionary<object, object?> { Count: > 0 }, ..])
            throw new InvalidDataException("A tensor in the file is a lazy conjugate or negative view: call resolve_conj() or resolve_neg() in PyTorch before saving it.");
        if (requires_grad && (torch.is_integral(storage.Type) || storage.Type == ScalarType.Bool))
            throw Damaged("tensor");
        var tensor = new PickledTensor(storage, offset, Integers(size), Integers(stride), requires_grad);
        tensor.Check();
        return tensor;
    }

    private static PickledParameter RebuiltParameter(object?[] arguments)
    {
        if (arguments is not [PickledTensor or torch.Tensor, bool requires_grad, ..])
            throw Damaged("Parameter");
        if (requires_grad && arguments[0] is PickledTensor { Storage.Type: ScalarType.Bool or <= ScalarType.Int64 })
            throw Damaged("Parameter");
        return new(arguments[0]!, requires_grad);
    }

    private static object?[] Size(object?[] arguments) => arguments is [object?[] sizes] ? sizes : throw Damaged("torch.Size");

    private static long[] Integers(object?[] numbers) =>
        Array.ConvertAll(numbers, number => number is long whole ? whole : throw Damaged("tensor"));

    private static string Printable(string name) => string.Concat(name.Take(200).Select(letter => char.IsControl(letter) ? '?' : letter));

    private static InvalidDataException Damaged(string what) =>
        new($"A {what} in the file does not have PyTorch's form: the file is damaged.");
}
