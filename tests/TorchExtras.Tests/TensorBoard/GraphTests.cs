using TorchSharp.Modules;
using static TorchSharp.torch;
using SummaryWriter = TorchSharp.TensorBoard.SummaryWriter;

namespace TorchSharp.Extras.Tests.TensorBoard;

public sealed class GraphTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sequence_is_a_chain_from_input_to_output()
    {
        using var net = nn.Sequential(("a", nn.Linear(4, 3)), ("b", nn.Sequential(nn.ReLU(), nn.Linear(3, 2))));

        var nodes = Graph(net, ones(2, 4));

        Assert.Equal(["input", "a < input", "b/0 < a", "b/1 < b/0", "output < b/1"], nodes.Select(Line));
        Assert.Equal("Linear", nodes[1].Text(2));
        var shape = nodes[1].Only(5).Only(2).Only(1).Only(7);
        Assert.Equal([2, 3], shape.Messages(2).Select(dim => dim.Integer(1)));
    }

    [Fact]
    public void Functions_between_modules_are_one_node_with_exactly_their_inputs()
    {
        using var net = new Residual();

        var nodes = Graph(net, ones(2, 4));

        Assert.Equal(
            [
                "input", "first < input", "second < first", "functional < first < second", "last < functional", "functional_2 < last",
                "last_2 < functional_2", "output < last_2",
            ],
            nodes.Select(Line));
        Assert.Equal("functional", nodes[3].Text(2));
    }

    [Fact]
    public void Functions_are_grouped_with_the_module_that_calls_them()
    {
        using var net = nn.Sequential(("stem", nn.Linear(4, 4)), ("block", new Residual()));

        Assert.Equal(
            ["input", "stem", "block/first", "block/second", "block/functional", "block/last", "block/functional_2", "block/last_2", "output"],
            Graph(net, ones(2, 4)).Select(node => node.Text(1)));
    }

    [Fact]
    public void A_function_before_the_output_is_a_node_of_the_model()
    {
        using var net = new Scaled();

        Assert.Equal(["input", "inner < input", "functional < inner", "output < functional"], Graph(net, ones(2, 4)).Select(Line));
    }

    [Fact]
    public void Modules_with_tuples_and_integers_and_in_place_modules_are_recorded()
    {
        using var net = new Recurrent();

        Assert.Equal(
            ["input", "words < input", "lstm < words", "activation < lstm", "functional < activation", "last < functional", "output < last"],
            Graph(net, ones(2, 3, dtype: int64)).Select(Line));
    }

    [Fact]
    public void A_model_without_submodules_is_a_single_node()
    {
        using var net = nn.Linear(4, 3);

        Assert.Equal(["input", "Linear < input", "output < Linear"], Graph(net, ones(2, 4)).Select(Line));
    }

    [Fact]
    public void The_model_is_not_changed()
    {
        using var net = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4), nn.Dropout(), nn.Flatten());
        net.children().First().eval();
        var before = net.state_dict()["1.running_mean"].data<float>().ToArray();
        Graph(net, ones(2, 4));
        var count = LiveTensors.Settle();

        Graph(net, ones(2, 4));

        Assert.True(net.training);
        Assert.Equal([false, true, true, true], net.children().Select(module => module.training));
        Assert.Equal(before, net.state_dict()["1.running_mean"].data<float>().ToArray());
        Assert.All(net.parameters(), parameter => Assert.Null(parameter.grad));
        Assert.Equal(count, LiveTensors.Settle());
    }

    [Fact]
    public void Hooks_are_removed_when_the_model_throws()
    {
        using var net = nn.Sequential(nn.Linear(4, 4), nn.ReLU());
        using var writer = new SummaryWriter(_folder.Path);
        using var wrong = ones(2, 5);

        Assert.ThrowsAny<Exception>(() => writer.add_graph(net, wrong));

        using var input = ones(2, 4);
        using var output = net.call(input);
        Assert.True(net.training);
        Assert.Equal(["input", "0 < input", "1 < 0", "output < 1"], Graph(net, ones(2, 4)).Select(Line));
    }

    private static string Line(Message node) => string.Join(" < ", [node.Text(1), .. node.Texts(3)]);

    private List<Message> Graph(nn.Module<Tensor, Tensor> net, Tensor example)
    {
        var folder = _folder[Guid.NewGuid().ToString("N")];
        using (example)
        using (var writer = new SummaryWriter(folder))
            writer.add_graph(net, example);
        var graph = new Message(TensorBoardFile.Read(folder)[1].Bytes(4));
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

    private sealed class Scaled : nn.Module<Tensor, Tensor>
    {
        private readonly Linear inner = nn.Linear(4, 4);

        public Scaled()
            : base(nameof(Scaled)) => RegisterComponents();

        public override Tensor forward(Tensor input) => inner.call(input) * 2;
    }

    private sealed class Recurrent : nn.Module<Tensor, Tensor>
    {
        private readonly Embedding words = nn.Embedding(10, 4);
        private readonly LSTM lstm = nn.LSTM(4, 5, batchFirst: true);
        private readonly ReLU activation = nn.ReLU(inplace: true);
        private readonly Linear last = nn.Linear(5, 2);

        public Recurrent()
            : base(nameof(Recurrent)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var (states, _, _) = lstm.call(words.call(input));
            return last.call(activation.call(states)[.., -1]);
        }
    }
}
