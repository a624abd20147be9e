using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Memory;

public sealed class MemoryTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        var before = LiveTensors.Settle();
        Tensor kept, inner;
        using (var scope = NewDisposeScope())
        {
            inner = ones(3);
            kept = (inner + 1).MoveToOuterDisposeScope();
            Assert.Equal(1, scope.DisposablesCount);
        }
        Assert.True(inner.IsInvalid);
        Assert.Equal([2, 2, 2], kept.ToArray<float>());
        kept.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Scopes_nest_and_tensors_move_out_by_one()
    {
        using var outer = NewDisposeScope();
        Tensor tensor;
        using (NewDisposeScope())
            tensor = ones(1).MoveToOuterDisposeScope();
        Assert.True(outer.Contains(tensor));
        Assert.False(tensor.IsInvalid);
    }

    [Fact]
    public void A_tensor_disposed_early_leaves_its_scope()
    {
        using var scope = NewDisposeScope();
        Tensor[] tensors = [ones(1), ones(1), ones(1)];
        tensors[0].Dispose();
        Assert.Equal(2, scope.DisposablesCount);
        scope.DisposeEverythingBut(tensors[2]);
        Assert.True(tensors[1].IsInvalid);
        Assert.False(tensors[2].IsInvalid);
    }

    [Fact]
    public void Parameters_outlive_the_scope_that_their_module_was_made_in()
    {
        Module module;
        using (NewDisposeScope())
            module = new Module();
        Assert.Equal(2, module.parameters().Count(parameter => !parameter.IsInvalid));
        module.Dispose();
    }

    [Fact]
    public void Forgotten_tensors_are_freed_without_scope_or_dispose()
    {
        const int Megabyte = 1 << 20;
        var most = 0L;
        for (var i = 0; i < 4000; i++)
        {
            Forget(Megabyte);
            most = Math.Max(most, NativeMemory.Live);
        }
        Assert.InRange(most, Megabyte, 1500L * Megabyte);
    }

    [Fact]
    public void Forgotten_graphs_are_freed_too()
    {
        using var weight = ones([1 << 18], requires_grad: true);
        var most = 0L;
        for (var i = 0; i < 2000; i++)
        {
            ForgetGraph(weight);
            most = Math.Max(most, NativeMemory.Live);
        }
        Assert.InRange(most, 1 << 20, 1500L << 20);
    }

    [Fact]
    public void A_million_small_temporaries_leave_resident_memory_flat()
    {
        using var x = ones(4);
        for (var i = 0; i < 100_000; i++)
            _ = x + 1;
        var before = Environment.WorkingSet;
        for (var i = 0; i < 900_000; i++)
            _ = x + 1;
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 300L << 20);
    }

    [Fact]
    public void An_array_is_unpinned_when_its_tensor_is_gone()
    {
        var array = MakeShared();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(array.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(long bytes) => zeros([bytes / sizeof(float)]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ForgetGraph(Tensor weight) => (weight * 2).exp().sum();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeShared()
    {
        var array = new float[1000];
        from_array(array).Dispose();
        return new WeakReference(array);
    }

    private sealed class Module : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Linear _linear = nn.Linear(2, 2);

        public Module()
            : base(nameof(Module)) => RegisterComponents();

        public override Tensor forward(Tensor input) => _linear.call(input);
    }
}
