using System.Reflection;
using LibTorch.Tests.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Memory;

// A scope sees what this thread makes and does not dispose, whatever other tests and the garbage collector do. Layers: see LayerTests.
public sealed class LeakTests
{
    private const int CallsPerMethod = 8;

    public static TheoryData<string> Surfaces => FuzzTests.Surfaces;

    [Theory]
    [MemberData(nameof(Surfaces))]
    public void A_call_leaves_no_tensor_but_its_result(string surface)
    {
        var random = new Random(7);
        var leaks = new SortedSet<string>();
        foreach (var method in FuzzTests.Methods(surface))
        {
            for (var call = 0; call < CallsPerMethod; call++)
            {
                using var given = NewDisposeScope();
                var target = method.IsStatic ? null : FuzzTests.AnyTensor(random);
                object?[] arguments = [.. method.GetParameters().Select(parameter => FuzzTests.Any(parameter, random))];
                using var made = NewDisposeScope();
                var failed = !Invoke(method, target, arguments, out var result);
                foreach (var tensor in Collate.Tensors(result) ?? [])
                    tensor.Dispose();
                if (made.DisposablesCount > 0)
                    leaks.Add($"{method}: {made.DisposablesCount} left{(failed ? " by a call that failed" : "")}");
            }
        }
        Assert.True(leaks.Count == 0, string.Join(Environment.NewLine, leaks));
    }

    private static bool Invoke(MethodInfo method, object? target, object?[] arguments, out object? result)
    {
        try
        {
            result = method.Invoke(target, arguments);
            return true;
        }
        catch (TargetInvocationException)
        {
            result = null;
            return false;
        }
    }
}
