using LibTorch.Tests.Files;
using LibTorch.Tests.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LibTorch.Tests.TensorBoard;

public sealed class GraphTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sequence_is_a_chain_from_input_to_output()
    {
        using var net = nn.Sequential(("a", nn.Linear(4, 3)), ("b", nn.Sequential(nn.ReLU(), nn.Linear(3, 2))));

        var nodes = Graph(net, 4);

        Assert.Equal(
            ["input", "a < input", "b/0 < a", "b/1 < b/0", "output < b/1"],
            nodes.Select(node => string.Join(" < ", [node.Text(1), .. node.Texts(3)])));
        Assert.Equal("Linear", nodes[1].Text(2));
        var shape = nodes[1].Only(5).Only(2).Only(1).Only(7);
        Assert.Equal([2, 3], shape.Messages(2).Select(dim => dim.Integer(1)));
    }

    [Fact]
    public void Operators_between_modules_are_nodes_too()
    {
        using var net = new Residual();

        var nodes = Graph(net, 4);

        Assert.Equal(
            [
                "input", "first < input", "second < first", "add < first < second", "relu < add", "last < relu", "view < last", "last_2 < view",
                "output < last_2",
            ],
            nodes.Select(node => string.Join(" < ", [node.Text(1), .. node.Texts(3)])));
    }

    [Fact]
    public void The_network_is_left_as_it_was()
    {
        using var net = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Flatten());
        var before = net.state_dict()["1.running_mean"].ToArray<float>();
        var count = LiveTensors.Settle();

        Graph(net, 4);

        Assert.True(net.training);
        Assert.Equal(before, net.state_dict()["1.running_mean"].ToArray<float>());
        Assert.Equal(count, Tensor.TotalCount);
    }

    private List<Message> Graph(nn.Module<Tensor, Tensor> net, long features)
    {
        using var example = ones(2, features);
        using (var writer = utils.tensorboard.SummaryWriter(_folder.Path))
            writer.add_graph(net, example);
        var graph = new Message(TensorBoardFile.Read(_folder.Path)[1].Bytes(4));
        Assert.True(graph.Only(4).Integer(1) > 0);
        return [.. graph.Messages(1)];
    }

    private sealed class Residual : nn.Module<Tensor, Tensor>
    {
        private readonly Linear first = nn.Linear(4, 4);
        private readonly Linear second = nn.Linear(4, 4);
        private readonly Linear last = nn.Linear(4, 4);

        public Residual()
            : base(nameof(Residual)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var start = first.call(input);
            var sum = start + second.call(start);
            return last.call(last.call(sum.relu()).view(-1, 4));
        }
    }
}
