using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.Modules;

public sealed class RecurrentWeightTests
{
    [Fact]
    public void A_step_of_an_LSTM_is_computed_from_its_weights()
    {
        using var scope = NewDisposeScope();
        var lstm = nn.LSTM(inputSize: 2, hiddenSize: 3, batchFirst: true);
        var input = rand(1, 1, 2);
        var (output, _, _) = lstm.call(input);

        var gates = (lstm.get_weight_ih(0).mv(input[0, 0]) + lstm.get_bias_ih(0) + lstm.get_bias_hh(0)).chunk(4);
        var cell = gates[0].sigmoid() * gates[2].tanh();
        var expected = gates[3].sigmoid() * cell.tanh();

        Assert.True(expected.allclose(output[0, 0], rtol: 1e-5, atol: 1e-6));
    }

    [Fact]
    public void Each_layer_has_separate_weights()
    {
        using var gru = nn.GRU(2, 3, numLayers: 2);
        Assert.Equal([9, 2], gru.get_weight_ih(0).shape);
        Assert.Equal([9, 3], gru.get_weight_ih(1).shape);
        Assert.Equal([9, 3], gru.get_weight_hh(1).shape);
        Assert.Equal([9], gru.get_bias_ih(1).shape);
        Assert.Equal([9], gru.get_bias_hh(1).shape);
    }

    [Fact]
    public void A_changed_weight_changes_the_module()
    {
        using var scope = NewDisposeScope();
        var lstm = nn.LSTM(1, 1);
        using (no_grad())
        {
            foreach (var parameter in new[] { lstm.get_weight_ih(0), lstm.get_weight_hh(0), lstm.get_bias_ih(0), lstm.get_bias_hh(0) })
                parameter.fill_(0);
        }
        Assert.Equal(0, lstm.call(ones(1, 1, 1)).Item1.item<float>());
    }

    [Fact]
    public void A_layer_that_does_not_exist_is_rejected()
    {
        using var lstm = nn.LSTM(1, 1);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => lstm.get_weight_ih(1));
        Assert.Contains("no parameter weight_ih_l1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_of_a_Sequential_has_a_name()
    {
        using var network = nn.Sequential(("fc", nn.Linear(1, 1)), ("relu", nn.ReLU()));
        Assert.Equal("Linear", network[0].GetName());
        Assert.Equal("ReLU", network[1].GetName());
    }
}
