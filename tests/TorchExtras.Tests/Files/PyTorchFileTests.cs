using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Files;

// Fixtures/*.pth were written by Fixtures/pth.py with PyTorch.
public sealed class PyTorchFileTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _folder.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void A_state_dict_of_PyTorch_loads_into_the_same_network()
    {
        using var net = Network();

        net.load_py(Fixture("state_dict"));

        manual_seed(1);
        using var expected = Network();
        Assert.Equal(expected.state_dict()["3.weight"].data<float>().ToArray(), net.state_dict()["3.weight"].data<float>().ToArray());
    }

    [Fact]
    public void A_checkpoint_is_loaded_as_plain_containers()
    {
        var content = Loaded("checkpoint");

        Assert.Equal(["0.weight", "0.bias"], ((Dictionary<object, object?>)content["model"]!).Keys.Take(2));
        Assert.Equal(3L, content["epoch"]);
        Assert.Equal(0.25, content["loss"]);
        Assert.Equal(true, content["best"]);
        Assert.Equal("naïve 注", content["note"]);
        Assert.Null(content["none"]);
        Assert.Equal(1L << 40, content["big"]);
        Assert.Equal(-7L, content["negative"]);
        Assert.Equal<object?>([1, "two"], ((object?[])content["pair"]!).Select(item => item is long number ? (int)number : item));
        Assert.Equal(3, ((List<object?>)content["history"]!).Count);
        Assert.Equal("five", content[5L]);
    }

    [Fact]
    public void Every_type_of_number_keeps_its_type_and_values()
    {
        var content = Loaded("dtypes");

        Assert.Equal(12, content.Count);
        foreach (var (name, value) in content)
        {
            var read = (Tensor)value!;
            Assert.Equal((string)name, Name(read.dtype));
            if (read.dtype is not (ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64))
                Assert.Equal(read.dtype == ScalarType.Bool ? [1, 0, 1] : [1, 0, 3], read.to(ScalarType.Float64).data<double>().ToArray());
        }
    }

    [Fact]
    public void Views_keep_their_elements_and_share_their_storage()
    {
        var content = Loaded("views");
        var columns = (Tensor)content["columns"]!;
        var expanded = (Tensor)content["expanded"]!;

        ((Tensor)content["base"]!).fill_(5);

        Assert.Equal([4, 3], columns.shape);
        Assert.All(columns.data<float>().ToArray(), value => Assert.Equal(5, value));
        Assert.Equal([0, 1], expanded.stride());
        Assert.Equal([0, 3], ((Tensor)content["empty"]!).shape);
        Assert.Equal(7, ((Tensor)content["scalar"]!).item<long>());
    }

    [Fact]
    public void Parameters_and_leaves_keep_requires_grad()
    {
        var content = Loaded("parameters");

        Assert.True(Assert.IsType<Parameter>(content["weight"]).requires_grad);
        Assert.False(Assert.IsType<Parameter>(content["frozen"]).requires_grad);
        Assert.True(((Tensor)content["leaf"]!).requires_grad);
    }

    [Fact]
    public void The_format_of_PyTorch_before_1_6_is_read()
    {
        var content = Loaded("legacy");

        Assert.Equal([1], ((Tensor)content["a"]!).data<float>().ToArray());
    }

    [Fact]
    public void A_state_dict_within_a_checkpoint_loads_into_the_network()
    {
        using var net = Network();

        var (missing, unexpected) = net.load_state_dict_py(Loaded("checkpoint")["model"]);

        manual_seed(1);
        using var expected = Network();
        Assert.Equal(expected.state_dict()["3.weight"].data<float>().ToArray(), net.state_dict()["3.weight"].data<float>().ToArray());
        Assert.Empty(missing.Concat(unexpected));
    }

    [Fact]
    public void Parameters_keep_whether_they_are_frozen()
    {
        using var net = Network();
        net.get_parameter("0.weight")!.requires_grad = false;

        net.load_py(Fixture("state_dict"));

        Assert.Equal([false, true, true, true, true, true], net.named_parameters().Select(entry => entry.parameter.requires_grad));
    }

    [Fact]
    public void A_lazy_conjugate_is_saved_with_its_values()
    {
        var conjugate = tensor(new System.Numerics.Complex(1, 2)).conj();

        PyTorchFile.Save(conjugate, _folder["conjugate.pth"]);

        Assert.Equal(new System.Numerics.Complex(1, -2), ((Tensor)PyTorchFile.Load(_folder["conjugate.pth"])!).item<System.Numerics.Complex>());
    }

    [Fact]
    public void An_optimizers_state_has_numbers_as_keys()
    {
        var content = Loaded("adam");

        var state = (Dictionary<object, object?>)content["state"]!;
        var first = (Dictionary<object, object?>)state[0L]!;
        Assert.Equal([2, 1, 3, 3], ((Tensor)first["exp_avg"]!).shape);
    }

    [Theory]
    [InlineData("malicious", "system")]
    [InlineData("module", "torch.nn.modules.container.Sequential")]
    public void Other_objects_are_rejected_by_name_without_leaking_tensors(string fixture, string reason)
    {
        var before = LiveTensors.Settle();

        var error = Assert.Throws<InvalidDataException>(() => PyTorchFile.Load(Fixture(fixture)));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("checkpoint")]
    [InlineData("dtypes")]
    [InlineData("views")]
    [InlineData("adam")]
    public void Content_round_trips_through_a_file(string fixture)
    {
        var content = Loaded(fixture);

        PyTorchFile.Save(content, _folder["again.pth"]);

        AssertSame(content, PyTorchFile.Load(_folder["again.pth"]));
    }

    [Fact]
    public void Tensors_that_share_memory_share_it_in_the_file()
    {
        var whole = arange(1000);
        PyTorchFile.Save(new[] { whole, whole[10..20], whole.view(10, 100).t() }, _folder["shared.pth"]);

        var read = (List<object?>)PyTorchFile.Load(_folder["shared.pth"])!;
        ((Tensor)read[0]!).zero_();

        Assert.True(new FileInfo(_folder["shared.pth"]).Length < 10_000);
        Assert.Equal(0, ((Tensor)read[1]!).sum().item<long>());
        Assert.Equal([1, 100], ((Tensor)read[2]!).stride());
    }

    [Fact]
    public void A_view_of_a_large_tensor_is_saved_without_the_rest()
    {
        var large = zeros(1_000_000);

        PyTorchFile.Save(large[10..20], _folder["part.pth"]);

        Assert.True(new FileInfo(_folder["part.pth"]).Length < 2_000);
    }

    [Fact]
    public void Deep_and_self_containing_content_is_not_saved()
    {
        var list = new List<object?>();
        list.Add(list);

        Assert.Throws<ArgumentException>(() => PyTorchFile.Save(list, _folder["deep.pth"]));
        Assert.Throws<ArgumentException>(() => PyTorchFile.Save(new Dictionary<string, object?> { ["clock"] = DateTime.MinValue }, _folder["deep.pth"]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_that_cannot_be_replaced_is_not_changed()
    {
        PyTorchFile.Save(3, _folder["kept.pth"]);

        Assert.Throws<ArgumentException>(() => PyTorchFile.Save(TimeSpan.Zero, _folder["kept.pth"]));

        Assert.Equal(3L, PyTorchFile.Load(_folder["kept.pth"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_mismatched_state_does_not_change_the_module()
    {
        using var net = nn.Sequential(nn.Linear(2, 2));
        var before = net.state_dict()["0.weight"].data<float>().ToArray();
        PyTorchFile.Save(new Dictionary<string, Tensor> { ["0.weight"] = zeros(2, 2), ["0.bias"] = zeros(3) }, _folder["other.pth"]);

        Assert.Throws<InvalidOperationException>(() => net.load_py(_folder["other.pth"]));

        Assert.Equal(before, net.state_dict()["0.weight"].data<float>().ToArray());
    }

    [Fact]
    public void The_message_for_another_model_names_the_type_and_the_first_differences()
    {
        using var small = nn.Sequential(nn.Linear(2, 2));
        small.save_py(_folder["small.pth"]);
        using var large = nn.Sequential([.. Enumerable.Range(0, 20).Select(_ => (nn.Module<Tensor, Tensor>)nn.Linear(2, 2))]);
        var error = Assert.Throws<InvalidOperationException>(() => large.load_py(_folder["small.pth"]));
        Assert.StartsWith("The state does not fit Sequential: missing are [1.weight, 1.bias, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("10.bias, … (18 more)], unexpected are []", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_not_a_file()
    {
        Assert.Contains("is a folder", Assert.Throws<FileNotFoundException>(() => PyTorchFile.Load(_folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<FileNotFoundException>(() => SafeTensors.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_is_not_a_state_dict()
    {
        using var net = Network();

        var error = Assert.Throws<InvalidDataException>(() => net.load_py(Fixture("checkpoint")));

        Assert.Contains("model, epoch", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Saving_and_loading_a_module_leaves_no_tensors()
    {
        using var net = Network();
        var before = LiveTensors.Settle();

        net.save_py(_folder["net.pth"]).load_py(_folder["net.pth"]);

        Assert.Equal(before, Tensor.TotalCount);
    }

    internal static Sequential Network() => nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Flatten(), nn.Linear(8, 3));

    internal static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Files", "Fixtures", name + ".pth");

    private static Dictionary<object, object?> Loaded(string name) => (Dictionary<object, object?>)PyTorchFile.Load(Fixture(name))!;

    private static string Name(ScalarType type) => type switch
    {
        ScalarType.Byte => "uint8",
        ScalarType.ComplexFloat32 => "complex64",
        ScalarType.ComplexFloat64 => "complex128",
        _ => type.ToString().ToLowerInvariant(),
    };

    private static void AssertSame(object? expected, object? actual)
    {
        switch (expected)
        {
            case Tensor tensor:
                var other = Assert.IsAssignableFrom<Tensor>(actual);
                Assert.Equal((tensor.dtype, tensor.device_type), (other.dtype, other.device_type));
                Assert.Equal(tensor.shape, other.shape);
                Assert.Equal(tensor.stride(), other.stride());
                Assert.True(tensor.eq(other).all().item<bool>());
                break;
            case Dictionary<object, object?> dictionary:
                var same = Assert.IsType<Dictionary<object, object?>>(actual);
                Assert.Equal(dictionary.Keys, same.Keys);
                foreach (var (key, value) in dictionary)
                    AssertSame(value, same[key]);
                break;
            case IList<object?> list:
                Assert.IsType(expected.GetType(), actual);
                foreach (var (left, right) in list.Zip((IList<object?>)actual!))
                    AssertSame(left, right);
                break;
            default:
                Assert.Equal(expected, actual);
                break;
        }
    }
}
