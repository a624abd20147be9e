using TorchSharp.Native;

namespace TorchSharp;

// Tensors from nothing: filled, counted, random.
public static partial class torch
{
    public static Tensor zeros(params long[] size) => Filled("zeros", size);

    public static Tensor zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Filled("zeros", size, dtype, device, requires_grad);

    public static Tensor zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Filled("zeros", [size], dtype, device, requires_grad);

    public static Tensor zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Filled("zeros", [rows, columns], dtype, device, requires_grad);

    public static Tensor ones(params long[] size) => Filled("ones", size);

    public static Tensor ones(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Filled("ones", size, dtype, device, requires_grad);

    public static Tensor ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Filled("ones", [size], dtype, device, requires_grad);

    public static Tensor ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Filled("ones", [rows, columns], dtype, device, requires_grad);

    public static Tensor empty(params long[] size) => Filled("empty.memory_format", size);

    public static Tensor empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Filled("empty.memory_format", size, dtype, device, requires_grad);

    /// <summary>A tensor of one number throughout; without a dtype, of the number's own type.</summary>
    public static Tensor full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call("full", size, value, dtype, default(Argument), device), requires_grad);

    public static Tensor eye(long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call("eye.m", rows, columns < 0 ? rows : columns, dtype, default(Argument), device), requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0L, stop, 1L, dtype ?? Counted(stop), device, requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1L, dtype ?? Counted(start, stop), device, requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(
            Aten.Call("arange.start_step", start, stop, step, dtype ?? Counted(start, stop, step), default(Argument), device), requires_grad);

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call("linspace", start, end, steps, dtype, default(Argument), device), requires_grad);

    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call("logspace", start, end, steps, @base, dtype, default(Argument), device), requires_grad);

    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Finish(
            Aten.Call("normal.float_float", mean, std, size.ToArray(), Stream(generator, device), dtype, default(Argument), device), requires_grad);

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => Aten.Call("bernoulli", input, Stream(generator, input.device));

    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        Aten.Call("multinomial", input, num_samples, replacement, Stream(generator, input.device));

    public static Tensor rand(params long[] size) => Random("rand.generator", size);

    public static Tensor rand(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Random("rand.generator", size, dtype, device, requires_grad, generator);

    public static Tensor randn(params long[] size) => Random("randn.generator", size);

    public static Tensor randn(
        long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Random("randn.generator", size, dtype, device, requires_grad, generator);

    /// <summary>Whole numbers from 0 to below <paramref name="high"/>, Int64 unless told.</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator);

    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null) =>
        Finish(
            Aten.Call(
                "randint.low_generator", low, high, size, Stream(generator, device), dtype ?? ScalarType.Int64, default(Argument), device),
            requires_grad);

    /// <summary>The numbers from 0 to below <paramref name="n"/>, each once, in random order; Int64 unless told.</summary>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Finish(
            Aten.Call("randperm.generator", n, Stream(generator, device), dtype ?? ScalarType.Int64, default(Argument), device), requires_grad);

    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call("zeros_like", input, dtype, default(Argument), device), requires_grad);

    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call("ones_like", input, dtype, default(Argument), device), requires_grad);

    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call("empty_like", input, dtype, default(Argument), device), requires_grad);

    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call("full_like", input, value, dtype, default(Argument), device), requires_grad);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call("rand_like", input, dtype, default(Argument), device), requires_grad);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call("randn_like", input, dtype, default(Argument), device), requires_grad);

    private static Tensor Filled(
        string op, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Aten.Call(op, size, dtype, default(Argument), device), requires_grad);

    private static Tensor Random(
        string op, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Finish(Aten.Call(op, size, Stream(generator, device), dtype, default(Argument), device), requires_grad);

    /// <summary>While a loader loads a sample, its random numbers are the sample's own, whichever thread loads it.</summary>
    private static Generator? Stream(Generator? generator, Device? device) =>
        generator ?? (device is null || device.type == DeviceType.CPU ? Modules.SampleRandom.Current : null);

    private static Tensor Finish(Tensor tensor, bool requires_grad)
    {
        if (!requires_grad)
            return tensor;
        try
        {
            tensor.requires_grad = true;
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>arange counts in Int64 where every number is whole, whatever C# type it came in.</summary>
    private static ScalarType? Counted(params ReadOnlySpan<Scalar> numbers)
    {
        foreach (var number in numbers)
        {
            if (number.Tag == Tag.Real)
                return null;
        }
        return ScalarType.Int64;
    }
}
