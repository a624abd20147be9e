using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>
/// Calls libtorch's operators by the names of its dispatcher ("add.Tensor"): a wrapper is one line. Arguments that are left out at the end
/// take the operator's own defaults.
/// </summary>
[SkipLocalsInit]
internal static unsafe class Aten
{
    private const int StackWords = 256;
    private const int MostResults = 8;

    // names are literals, one object each: to compare references is quicker than to hash the text
    private static readonly ConcurrentDictionary<object, nint> _operators = new(ReferenceEqualityComparer.Instance);

    /// <summary>Who is told of every call; nobody, but for the moment in which a graph is recorded.</summary>
    public static IOperatorTrace? Trace { get; set; }

    /// <summary>The operator's only result, a tensor.</summary>
    public static Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[MostResults];
        Invoke(name, arguments, results);
        return Tensor.Take((nint)results[0].Bits)!;
    }

    public static (Tensor, Tensor) Call2(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[MostResults];
        Invoke(name, arguments, results);
        return (Tensor.Take((nint)results[0].Bits)!, Tensor.Take((nint)results[1].Bits)!);
    }

    public static (Tensor, Tensor, Tensor) Call3(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[MostResults];
        Invoke(name, arguments, results);
        return (Tensor.Take((nint)results[0].Bits)!, Tensor.Take((nint)results[1].Bits)!, Tensor.Take((nint)results[2].Bits)!);
    }

    /// <summary>The operator's only result, a list of tensors.</summary>
    public static Tensor[] CallList(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[MostResults];
        Invoke(name, arguments, results);
        var handles = (nint*)results[0].Bits;
        try
        {
            var tensors = new Tensor[results[0].Count];
            for (var i = 0; i < tensors.Length; i++)
                tensors[i] = Tensor.Take(handles[i])!;
            return tensors;
        }
        finally
        {
            Door.door_free_handles(handles);
        }
    }

    /// <summary>An operator that returns a number or a truth value instead of a tensor.</summary>
    public static bool CallBool(string name, params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc Value[MostResults];
        Invoke(name, arguments, results);
        return results[0].Bits != 0;
    }

    /// <summary>Calls an operator that changes its first argument or nothing but its arguments, and drops what it returns.</summary>
    public static void Do(string name, params ReadOnlySpan<Argument> arguments)
    {
        if (Trace is null)
        {
            Invoke(name, arguments, results: null);
            return;
        }
        var results = stackalloc Value[MostResults];
        var count = Invoke(name, arguments, results);
        for (var i = 0; i < count; i++)
        {
            if (results[i] is { Tag: Tag.Tensor, Bits: not 0 })
                Door.door_release((nint)results[i].Bits);
        }
    }

    /// <summary>An operator that changes its first argument, which is returned.</summary>
    public static Tensor InPlace(string name, params ReadOnlySpan<Argument> arguments)
    {
        Do(name, arguments);
        return (Tensor)arguments[0].Reference!;
    }

    private static int Invoke(string name, ReadOnlySpan<Argument> arguments, Value* results)
    {
        if (!_operators.TryGetValue(name, out var op))
            op = Find(name);
        var words = 0;
        foreach (ref readonly var argument in arguments)
            words += argument.Words;
        int count;
        if (words > StackWords)
        {
            fixed (long* scratch = new long[words])
                count = Invoke(op, arguments, scratch, results);
        }
        else
        {
            var stack = stackalloc long[words];
            count = Invoke(op, arguments, stack, results);
        }
        Trace?.Called(name, arguments, new ReadOnlySpan<Value>(results, count));
        return count;
    }

    private static int Invoke(nint op, ReadOnlySpan<Argument> arguments, long* scratch, Value* results)
    {
        var values = stackalloc Value[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            scratch = Write(arguments[i], values + i, scratch);
        int count;
        Door.Check(Door.door_call(op, values, arguments.Length, results, MostResults, &count));
        KeepAlive(arguments);
        return count;
    }

    private static long* Write(in Argument argument, Value* value, long* scratch)
    {
        value->Tag = argument.Tag;
        value->Count = (int)argument.Bits;
        value->Bits = argument.Bits;
        switch (argument.Tag)
        {
            case Tag.Device:
                value->Count = (int)(argument.Bits >> 32);
                value->Bits = (int)argument.Bits;
                return scratch;
            case Tag.Integers:
                ((long[])argument.Reference!).CopyTo(new Span<long>(scratch, value->Count));
                break;
            case Tag.Reals:
                ((double[])argument.Reference!).CopyTo(new Span<double>(scratch, value->Count));
                break;
            case Tag.Booleans:
                MemoryMarshal.AsBytes(((bool[])argument.Reference!).AsSpan()).CopyTo(new Span<byte>(scratch, value->Count));
                break;
            case Tag.Tensors:
                var tensors = (Tensor?[])argument.Reference!;
                for (var i = 0; i < tensors.Length; i++)
                    scratch[i] = tensors[i] is { } tensor ? tensor.Handle : 0;
                break;
            case Tag.String:
                var words = argument.Words;
                value->Count = Encoding.UTF8.GetBytes((string)argument.Reference!, new Span<byte>(scratch, words * sizeof(long)));
                break;
            default:
                return scratch;
        }
        value->Bits = (long)scratch;
        return scratch + argument.Words;
    }

    /// <summary>Whether this libtorch has an operator; calling one that it lacks throws.</summary>
    public static bool Exists(string name) => TryFind(name, out _) == 0;

    private static nint Find(string name)
    {
        Door.Check(TryFind(name, out var op));
        return op;
    }

    private static int TryFind(string name, out nint found)
    {
        var literal = string.Intern(name);
        if (_operators.TryGetValue(literal, out found))
            return 0;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var op = dot < 0 ? name : name[..dot];
        var overload = dot < 0 ? "" : name[(dot + 1)..];
        fixed (byte* opBytes = Encoding.UTF8.GetBytes($"aten::{op}\0"), overloadBytes = Encoding.UTF8.GetBytes($"{overload}\0"))
        {
            nint handle;
            var failed = Door.door_find_operator(opBytes, overloadBytes, &handle);
            if (failed == 0)
                found = _operators.GetOrAdd(literal, handle);
            return failed;
        }
    }

    /// <summary>Nothing that the arguments refer to is finalized before the call has returned.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepAlive(ReadOnlySpan<Argument> arguments)
    {
    }
}
