using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.Modules;

public sealed class ContainerTests
{
    [Fact]
    public void A_module_added_to_Sequential_is_a_step()
    {
        using var net = nn.Sequential();
        net.add_module("double", nn.Linear(2, 2));
        net.add_module("cut", nn.ReLU());
        using var input = torch.tensor([-1f, 1f]);
        using var output = net.call(input);
        using var expected = torch.relu(nn.functional.linear(input, ((Linear)net[0]).weight, ((Linear)net[0]).bias));
        Assert.True(output.allclose(expected));
        Assert.Throws<ArgumentException>(() => net.add_module("cut", nn.ReLU()));
        Assert.Throws<ArgumentException>(() => net.add_module("memory", nn.LSTM(2, 2)));
    }

    [Fact]
    public void A_layer_takes_other_parameters_in_the_place_of_its_own()
    {
        using var layer = nn.Linear(2, 1);
        var first = layer.weight;
        layer.weight = nn.Parameter(torch.tensor(new float[,] { { 3, 4 } }));
        layer.bias = null;
        using var output = layer.call(torch.tensor([1f, 1f]));
        Assert.Equal(7, output.item<float>());
        Assert.True(first.IsInvalid);
        Assert.Equal(["weight"], layer.state_dict().Keys);
    }

    [Fact]
    public void A_module_list_names_its_parts_by_their_places()
    {
        using var list = nn.ModuleList(nn.Linear(2, 3), nn.Linear(3, 1, hasBias: false));
        Assert.Equal(["0.weight", "0.bias", "1.weight"], list.named_parameters().Select(entry => entry.name));
        Assert.Equal(["0.weight", "0.bias", "1.weight"], list.state_dict().Keys);
        list.Insert(0, nn.Linear(2, 2, hasBias: false));
        Assert.Equal(["0.weight", "1.weight", "1.bias", "2.weight"], list.state_dict().Keys);
    }

    [Fact]
    public void Modes_conversions_and_disposal_reach_a_module_lists_parts()
    {
        var list = nn.ModuleList<nn.Module>(nn.Linear(2, 3), nn.Dropout());
        list.eval();
        list.@double();
        Assert.All(list, module => Assert.False(module.training));
        Assert.All(list.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        var weight = list.parameters().First();
        list.Dispose();
        Assert.True(weight.IsInvalid);
    }

    [Fact]
    public void What_is_removed_from_a_list_lives_on()
    {
        using var linear = nn.Linear(2, 3);
        using (var list = nn.ModuleList(linear))
            Assert.True(list.Remove(linear));
        Assert.False(linear.weight.IsInvalid);
    }

    [Fact]
    public void A_module_dict_keeps_names_and_order()
    {
        using var dict = nn.ModuleDict(("b", nn.Linear(2, 2, hasBias: false)), ("a", nn.Linear(1, 1, hasBias: false)));
        Assert.Equal(["b.weight", "a.weight"], dict.state_dict().Keys);
        Assert.Equal([2, 2], dict["b"].weight.shape);
        Assert.Equal("a", dict[1].Item1);
        Assert.Throws<ArgumentException>(() => dict.Add("a", nn.Linear(1, 1)));
        Assert.Throws<ArgumentException>(() => dict.Add("a.b", nn.Linear(1, 1)));
        Assert.Throws<KeyNotFoundException>(() => dict["c"]);
    }

    [Fact]
    public void Parameters_in_a_list_belong_to_the_module_that_has_it()
    {
        using var net = new Net();
        Assert.Equal(["factors.0", "factors.1"], net.named_parameters().Select(entry => entry.name));
        Assert.Equal(["factors.0", "factors.1"], net.state_dict().Keys);
        net.call(ones(2)).sum().backward();
        Assert.All(net.parameters(), parameter => Assert.NotNull(parameter.grad));
    }

    [Fact]
    public void Disposing_a_parameter_list_disposes_its_parameters()
    {
        var list = nn.ParameterList(new Parameter(ones(2)));
        var parameter = list[0];
        list.Dispose();
        Assert.True(parameter.IsInvalid);
    }

    [Fact]
    public void Hooks_of_a_module_of_two_inputs_may_change_inputs_and_output()
    {
        using var loss = nn.MSELoss();
        using var one = ones(1);
        using var three = one + 2;
        var before = loss.register_forward_pre_hook((_, input, _) => (input, input));
        Assert.Equal(0, loss.call(one, three).ToSingle());
        Assert.Equal(4, loss.forward(one, three).ToSingle());
        before.remove();
        loss.register_forward_hook((_, _, _, output) => output + 1);
        Assert.Equal(5, loss.call(one, three).ToSingle());
    }

    [Fact]
    public void An_encoders_layers_start_equal_and_leave_the_random_stream_alone()
    {
        manual_seed(3);
        using var layer = nn.TransformerEncoderLayer(4, 2, 6);
        using var expected = rand(2);
        manual_seed(3);
        using var same = nn.TransformerEncoderLayer(4, 2, 6);
        using var encoder = nn.TransformerEncoder(same, 2);
        using var actual = rand(2);
        Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
        var state = encoder.state_dict();
        Assert.Equal(2 * layer.state_dict().Count, state.Count);
        foreach (var (name, value) in layer.state_dict())
            Assert.True(state["layers.1." + name].allclose(value, 0, 0), name);
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly ParameterList factors = nn.ParameterList(new Parameter(ones(2)), new Parameter(ones(2)));

        public Net()
            : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input * factors[0] * factors[1];
    }
}
