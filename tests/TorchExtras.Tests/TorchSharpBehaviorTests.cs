// the mistakes are tested on purpose
#pragma warning disable TN1001, TN1002, TN1003, TN1027
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests;

/// <summary>Behaviors of TorchSharp that chapters teach. A failure means that TorchSharp has changed and a chapter's text must follow.</summary>
public sealed class TorchSharpBehaviorTests
{
    [Fact]
    public void The_literal_0_of_sum_is_a_type()
    {
        using var x = ones(2, 300);
#pragma warning disable TN1001 // what the analyzer warns of is what is shown here
        Assert.Equal(ScalarType.Byte, x.sum(0).dtype);
#pragma warning restore TN1001
        Assert.Equal([300], x.sum(dim: 0).shape);
    }

    [Fact]
    public void The_variance_ignores_unbiased()
    {
        using var x = tensor(new float[] { 1, 2, 3, 4 });
        Assert.Equal(x.var().item<float>(), x.var(unbiased: false).item<float>());
    }

    [Fact]
    public void A_module_without_RegisterComponents_has_no_parameters() => Assert.Empty(new Unregistered().parameters());

    [Fact]
    public void Batch_normalization_of_one_sample_makes_the_running_variance_NaN()
    {
        using var layer = nn.BatchNorm1d(2);
        layer.call(ones(1, 2));
        Assert.True(layer.running_var!.isnan().all().item<bool>());
    }

    [Fact]
    public void GroupNorm_does_not_initialize_its_parameters()
    {
        var isUninitialized = false;
        for (var attempt = 0; attempt < 1000 && !isUninitialized; attempt++)
        {
            // libtorch's allocator gives the memory of freed tensors to the next ones of the same size
            var used = Enumerable.Range(0, 16).Select(_ => full(4096, 5f)).ToList();
            used.ForEach(tensor => tensor.Dispose());
            using var layer = nn.GroupNorm(2, 4096);
            using var one = ones(1);
            isUninitialized = !layer.weight!.allclose(one) || layer.bias!.any().item<bool>();
        }
        Assert.True(isUninitialized);
    }

    [Fact]
    public void Integer_literals_are_Int32_and_fractions_are_Float64()
    {
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.5).dtype);
    }

    [Fact]
    public void Comparison_with_equal_is_by_element() => Assert.Equal([2], ones(2).equal(ones(2)).shape);

    [Fact]
    public void AdamW_decays_no_weights_by_default()
    {
        using var weight = new Parameter(ones(1));
        using var optimizer = optim.AdamW([weight]);
        Assert.Equal(0, ((AdamW.Options)optimizer.state_dict().Options[0]).weight_decay);
    }

    [Fact]
    public void Plain_tensor_fields_of_a_module_are_buffers() => Assert.Equal(["plain"], new WithTensor().named_buffers().Select(buffer => buffer.name));

#pragma warning disable TN1003 // what the analyzer warns of is what is shown here
    private sealed class Unregistered() : nn.Module<Tensor, Tensor>(nameof(Unregistered))
    {
        private readonly Linear _linear = nn.Linear(2, 2);

        public override Tensor forward(Tensor input) => _linear.call(input);
    }
#pragma warning restore TN1003

    private sealed class WithTensor : nn.Module<Tensor, Tensor>
    {
        private readonly Tensor plain = ones(1);

        public WithTensor()
            : base(nameof(WithTensor)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input * plain;
    }
}
