using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace LibTorch.Tests.Modules;

public sealed class FunctionalTests
{
    [Fact]
    public void Attention_without_a_mask_is_that_of_one_head()
    {
        using var x = LayerTable.Wave(1, 5, 4);
        using var expected = (x.matmul(x.transpose(1, 2)) / 2).softmax(-1).matmul(x);
        using var actual = F.scaled_dot_product_attention(x, x, x);
        Assert.True(actual.allclose(expected));
    }

    [Fact]
    public void Binary_cross_entropy_refuses_a_target_of_another_shape()
    {
        using var probabilities = full([4, 1], 0.5f);
        using var truth = ones(4);
        var error = Assert.Throws<ArgumentException>(() => F.binary_cross_entropy(probabilities, truth));
        Assert.Contains("[4x1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Causal_attention_equals_a_mask_of_what_is_seen()
    {
        using var x = LayerTable.Wave(2, 5, 4);
        using var seen = ones(5, 5).tril().to(ScalarType.Bool);
        using var hidden = ones(5, 5).triu(1) * -1e9;
        using var causal = F.scaled_dot_product_attention(x, x, x, is_casual: true);
        Assert.True(causal.allclose(F.scaled_dot_product_attention(x, x, x, seen)));
        Assert.True(causal.allclose(F.scaled_dot_product_attention(x, x, x, hidden)));
        Assert.True(causal[0, 0].allclose(x[0, 0]));
        Assert.Throws<ArgumentException>(() => F.scaled_dot_product_attention(x, x, x, seen, is_casual: true));
    }

    [Fact]
    public void Padding_goes_from_the_last_dimension_backwards()
    {
        using var x = ones(1, 1, 2, 3);
        Assert.Equal([1, 1, 2, 6], F.pad(x, (1, 2), value: 4).shape);
        Assert.Equal([1, 1, 7, 6], F.pad(x, (1, 2, 2, 3)).shape);
        Assert.Equal([3, 3, 4, 5], F.pad(x, 1).shape);
        Assert.Equal(4, F.pad(x, (1, 2), value: 4)[0, 0, 0, 0].ToSingle());
        Assert.Equal([1, 1, 4, 5], F.pad(x, (1, 1, 1, 1), PaddingModes.Reflect).shape);
        Assert.Throws<ExternalException>(() => F.pad(x, (5, 5), PaddingModes.Reflect));
    }

    [Fact]
    public void Classes_become_rows_with_a_single_one()
    {
        using var classes = tensor(new long[] { 2, 0 });
        Assert.Equal([0, 0, 1, 1, 0, 0], F.one_hot(classes).flatten().ToArray<long>());
        Assert.Equal([2, 5], F.one_hot(classes, 5).shape);
    }

    [Fact]
    public void Normalized_rows_have_a_norm_of_one()
    {
        using var x = tensor(new float[,] { { 3, 4 }, { 0, 0 } });
        Assert.Equal([0.6f, 0.8f, 0, 0], F.normalize(x).flatten().ToArray<float>());
    }

    [Fact]
    public void Interpolation_says_which_settings_do_not_fit()
    {
        using var image = ones(1, 1, 4, 4);
        Assert.Throws<ArgumentException>(() => F.interpolate(image));
        Assert.Throws<ArgumentException>(() => F.interpolate(image, [2], [2]));
        Assert.Throws<ArgumentException>(() => F.interpolate(image, [2, 2, 2]));
        Assert.Throws<ArgumentException>(() => F.interpolate(image, [2], align_corners: true));
        var error = Assert.Throws<ArgumentException>(() => F.interpolate(image, [2], mode: InterpolationMode.Linear));
        Assert.Equal("Linear interpolation does not take an input of 4 dimensions.", error.Message);
    }

    [Theory]
    [InlineData(InterpolationMode.Nearest)]
    [InlineData(InterpolationMode.NearestExact)]
    [InlineData(InterpolationMode.Area)]
    [InlineData(InterpolationMode.Bilinear)]
    [InlineData(InterpolationMode.Bicubic)]
    public void Interpolation_of_an_even_image_keeps_it_even(InterpolationMode mode)
    {
        using var image = ones(1, 2, 4, 6);
        var antialias = mode is InterpolationMode.Bilinear or InterpolationMode.Bicubic;
        using var half = F.interpolate(image, scale_factor: [0.5], mode: mode, antialias: antialias);
        Assert.True(half.allclose(ones(1, 2, 2, 3)));
    }

    [Fact]
    public void A_transposed_convolution_reaches_each_size_that_its_stride_allows()
    {
        using var layer = nn.ConvTranspose2d(1, 1, 3, stride: 2, padding: 1);
        using var x = ones(1, 1, 4, 4);
        Assert.Equal([1, 1, 7, 8], layer.forward(x, [7, 8]).shape);
        var error = Assert.Throws<ArgumentException>(() => layer.forward(x, [7, 9]));
        Assert.StartsWith("output_size 9 is not possible: choose from 7 to 8.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pooling_tells_where_the_largest_values_were()
    {
        using var x = tensor(new float[] { 1, 5, 2, 3, 4, 0, 9, 8 }).reshape(1, 2, 4);
        var (values, indices) = nn.MaxPool2d(2).forward_with_indices(x);
        Assert.Equal([5, 9], values.flatten().ToArray<float>());
        Assert.Equal([1, 6], indices.flatten().ToArray<long>());
        Assert.Equal([1, 3, 0, 2], nn.MaxPool1d(2).forward_with_indices(x[0]).Indices.flatten().ToArray<long>());
    }

    [Fact]
    public void Norms_refuse_to_take_statistics_of_single_values()
    {
        using var x = ones(1, 3, 1, 1);
        using var norm = nn.BatchNorm2d(3);
        var error = Assert.Throws<ArgumentException>(() => norm.call(x));
        Assert.StartsWith("Training a batch norm needs more than one value a channel", error.Message, StringComparison.Ordinal);
        norm.eval();
        Assert.Equal([1, 3, 1, 1], norm.call(x).shape);
        Assert.Throws<ArgumentException>(() => nn.InstanceNorm2d(3).call(x));
    }

    [Fact]
    public void A_sparse_embedding_has_a_gradient()
    {
        using var layer = nn.Embedding(7, 3, sparse: true);
        using var rows = tensor(new long[] { 1, 1, 4 });
        layer.call(rows).sum().backward();
        Assert.Equal([7, 3], layer.weight.grad!.shape);
    }

    [Fact]
    public void A_pretrained_embedding_is_a_copy_and_stays_as_it_is()
    {
        using var table = LayerTable.Wave(3, 2);
        using var layer = nn.Embedding_from_pretrained(table);
        table.zero_();
        Assert.False(layer.weight.requires_grad);
        Assert.Equal(3, layer.weight.count_nonzero([0])[1].item<long>());
    }

    [Fact]
    public void What_a_hook_inside_a_transformer_keeps_outlives_the_call()
    {
        using var layer = nn.TransformerEncoderLayer(4, 2, 6);
        Tensor? kept = null;
        layer.named_modules().Select(entry => entry.module).OfType<TorchSharp.Modules.Linear>().First().register_forward_hook((_, _, output) =>
        {
            kept = output.detach();
            return output;
        });
        using var x = ones(5, 3, 4);
        layer.call(x).Dispose();
        Assert.False(kept!.IsInvalid);
        kept.Dispose();
    }
}
