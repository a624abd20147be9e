using System.Globalization;
using LibTorch.Tests.Memory;
using TorchSharp;
using static TorchSharp.torch;

namespace LibTorch.Tests.Tensors;

public sealed class PrintingTests : IDisposable
{
    private static readonly float[] _numbers = [0.0f, 3.141f, 6.2834f, 3.14152f, 6.28e-06f, -13.141529f, 0.01f, 4713.14f];

    public void Dispose() => set_printoptions(TorchSharp.TensorStringStyle.Julia, "g5", 100, Environment.NewLine, 6, 6);

    [Fact]
    public void Without_a_style_only_metadata_is_written()
    {
        Assert.Equal("[2x3], type = Int64, device = cpu", full([2, 3], 7).ToString());
        Assert.Equal("[], type = Float64, device = cpu", tensor(1.5).metastr());
    }

    [Fact]
    public void Julia_aligns_columns_to_the_right()
    {
        Assert.Equal("[], type = Float64, device = cpu, value = 1.5", tensor(1.5).str());
        Assert.Equal("[4], type = Float32, device = cpu\n 0 0 0 0\n", zeros(4).str());
        Assert.Equal(
            "[2x4], type = Float32, device = cpu\n        0   3.141 6.2834 3.1415\n 6.28e-06 -13.142   0.01 4713.1\n",
            tensor(_numbers, [2, 4]).jlstr());
    }

    [Fact]
    public void Julia_writes_every_matrix_under_its_position() => Assert.Equal(
        "[2x2x2], type = Int64, device = cpu\n[0,..,..] =\n 0 1\n 2 3\n\n[1,..,..] =\n 4 5\n 6 7\n", arange(8).reshape(2, 2, 2).str());

    [Fact]
    public void Julia_cuts_lines_that_are_too_long()
    {
        Assert.Equal("[100], type = Int64, device = cpu\n 0 1 2 ...\n", arange(100).str(width: 10));
        var tall = zeros(5000, 2).str();
        Assert.EndsWith(" 0 0\n ...\n", tall, StringComparison.Ordinal);
        Assert.Equal(1 + 1000 + 1, tall.Count(character => character == '\n'));
    }

    [Fact]
    public void Numpy_nests_brackets()
    {
        Assert.Equal("7", tensor(7).npstr());
        Assert.Equal("[0, 0, 0, 0]", zeros(4).npstr());
        Assert.Equal("[[0, 3.141, 6.2834, 3.1415]\n [6.28e-06, -13.142, 0.01, 4713.1]]", tensor(_numbers, [2, 4]).npstr());
        Assert.Equal("[[[0, 1]\n  [2, 3]]\n\n [[4, 5]\n  [6, 7]]]", arange(8).reshape(2, 2, 2).npstr());
        Assert.Equal("[True, False]", tensor(new[] { true, false }).npstr());
        Assert.Equal("[]", empty(0).npstr());
    }

    [Fact]
    public void Numpy_leaves_out_the_middle()
    {
        Assert.Equal("[0, 1, 2, ... 97, 98, 99]", arange(100).npstr());
        Assert.Equal(
            "[[0, 1]\n [2, 3]\n [4, 5]\n ...\n [14, 15]\n [16, 17]\n [18, 19]]", arange(20).reshape(10, 2).npstr());
    }

    [Fact]
    public void CSharp_writes_an_array()
    {
        Assert.Equal("[3], type = Int64, device = cpu, value = long [] {0L, 1L, 2L}", arange(3).cstr());
        Assert.Equal(
            "[2x2x2], type = Float32, device = cpu, value = \nfloat [,,] {\n {{0f, 0f},\n  {0f, 0f}},\n {{0f, 0f},\n  {0f, 0f}}\n}",
            zeros(2, 2, 2).cstr());
        Assert.Equal("[], type = Int32, device = cpu, value = 5", tensor(5).cstr());
    }

    [Fact]
    public void Options_hold_until_they_are_set_again()
    {
        using var x = tensor(new[] { 1f / 3 });
        set_printoptions(precision: 2);
        Assert.Equal("[0.33]", x.ToString(TorchSharp.TensorStringStyle.Numpy));
        set_printoptions(precision: 1, sci_mode: true);
        Assert.Equal("[3.3E-001]", x.ToString(TorchSharp.TensorStringStyle.Numpy));
        set_printoptions(floatFormat: "g5", style: numpy, maxColumns: 2);
        Assert.Equal("[0, ... 9]", arange(10).str());
        Assert.Throws<ArgumentException>(() => torch.TensorStringStyle = TorchSharp.TensorStringStyle.Default);
    }

    [Fact]
    public void Numbers_are_written_in_the_culture_asked_for() =>
        Assert.Equal("[0,5]", tensor(new[] { 0.5f }).npstr(cultureInfo: new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } }));

    [Fact]
    public void Every_type_and_layout_is_written()
    {
        foreach (var type in new[] { ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Float16, ScalarType.BFloat16 })
            Assert.Equal("[0, 1]", arange(2).to(type).npstr());
        Assert.Equal("[[0, 2]\n [1, 3]]", arange(4).reshape(2, 2).T.npstr());
        Assert.Equal("[1+2i, 3i]", Native.Complex([1, 2, 0, 3]).npstr());
        Assert.Equal("[1]", ones([1], requires_grad: true).npstr());
    }

    [Fact]
    public void Writing_leaves_no_tensor_behind()
    {
        using var x = rand(3, 4);
        var before = LiveTensors.Settle();
        x.str();
        x.npstr();
        x.cstr();
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static class Native
    {
        public static Tensor Complex(double[] parts) =>
            TorchSharp.Native.Aten.Call("view_as_complex", tensor(parts, [parts.Length / 2, 2]));
    }
}
