using System.Text.Json;
using DeepLearning.Display;
using DeepLearning.Models;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Models;

// Expected values of torchsummary: networks.json, written by networks.py.
public sealed class SummaryTests
{
    public static TheoryData<string> Names => [.. NetworkFactory.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Layers_shapes_and_parameters_equal_torchsummarys(string name)
    {
        using var network = NetworkFactory.GetNetwork(name);
        var summary = Summary.Of(network, Fixture.InputShape(name));
        var expected = Fixture.Of(name).GetProperty("summary").GetProperty("rows").EnumerateArray();
        Assert.Equal(
            expected.Select(row => JsonSerializer.Serialize(row)),
            summary.Rows.Where(row => row.IsLeaf).Select(row => JsonSerializer.Serialize<object[]>([row.Type, row.OutputShapes[0].Skip(1), row.Parameters])));
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        using var network = NetworkFactory.GetNetwork("network");
        var summary = Summary.Of(network, 1, 28, 28);
        var (text, html) = (summary.ToString(), summary.ToHtml());
        using var culture = new Tables.CultureScope("de-DE");
        Assert.Equal((text, html), (summary.ToString(), summary.ToHtml()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Totals_and_sizes_equal_torchsummarys(string name)
    {
        using var network = NetworkFactory.GetNetwork(name);
        var summary = Summary.Of(network, Fixture.InputShape(name));
        var expected = Fixture.Of(name).GetProperty("summary");
        Assert.Equal(
            expected.GetProperty("parameters").EnumerateArray().Select(number => number.GetInt64()),
            [summary.Parameters, summary.TrainableParameters, summary.Parameters - summary.TrainableParameters]);
        double[] sizes = [summary.InputMB, summary.ForwardBackwardMB, summary.ParametersMB, summary.TotalMB];
        Assert.Equal(
            expected.GetProperty("sizes").EnumerateArray().Select(size => size.GetDouble()), sizes.Select(size => Math.Round(size, 2)));
    }

    [Fact]
    public void Multiply_accumulates_are_counted()
    {
        using var network = new Network();
        var macs = Summary.Of(network, 1, 28, 28).Rows.ToDictionary(row => row.Name, row => row.Macs);
        Assert.Equal(6 * 25 * 24 * 24, macs["conv1"]);
        Assert.Equal(12 * 6 * 25 * 8 * 8, macs["conv2"]);
        Assert.Equal(192 * 120, macs["fc1"]);
        Assert.Equal(5 * macs.Values.Sum(), Summary.Of(network, [1, 28, 28], batchSize: 5).Macs);
    }

    [Fact]
    public void Multiply_accumulates_of_other_layers_are_counted()
    {
        Assert.Equal(3 * 4 * (8 * 5 * 5), Macs(nn.ConvTranspose2d(3, 4, kernel_size: (2, 4), stride: (2, 2)), zeros(1, 3, 5, 5)));
        Assert.Equal(8 * 1 * 9 * 6 * 6 * 2, Macs(nn.Conv2d(8, 8, kernel_size: 3, groups: 8), zeros(2, 8, 8, 8)));
        Assert.Equal(4 * 20 * (10 + 20) * 7 * 3, Macs(nn.LSTM(10, 20), zeros(7, 3, 10)));
        Assert.Equal(2 * 3 * 20 * (10 + 20) * 7 * 3, Macs(nn.GRU(10, 20, bidirectional: true), zeros(7, 3, 10)));
        Assert.Equal(6 * 16 * 16 * 4, Macs(nn.MultiheadAttention(16, 2), zeros(3, 2, 16), zeros(3, 2, 16), zeros(3, 2, 16)));
        Assert.Equal(0, Macs(nn.BatchNorm2d(3), zeros(1, 3, 5, 5)));

        static long Macs(nn.Module module, params Tensor[] inputs) => Summary.Of(module, inputs).Macs;
    }

    [Fact]
    public void The_model_is_not_changed()
    {
        using var network = SequentialNetworks.BatchNorm();
        network.train();
        network.children().ElementAt(3).eval();
        network.call(rand(4, 1, 28, 28)).sum().backward();
        var before = State();
        manual_seed(9);
        var expected = rand(1).item<float>();
        manual_seed(9);
        Summary.Of(network, 1, 28, 28);
        Assert.Equal(expected, rand(1).item<float>());
        Assert.Equal(before, State());

        List<string> State() =>
        [
            .. network.modules().Select(module => $"{module.training}"),
            .. network.buffers().Select(buffer => buffer.to(ScalarType.Float64).sum().item<double>().ToString("R")),
            .. network.parameters().Select(parameter => $"{parameter.grad!.sum().item<float>():R} {parameter.sum().item<float>():R}"),
        ];
    }

    [Fact]
    public void Changes_by_the_call_of_the_model_are_restored()
    {
        using var network = new Counting();
        manual_seed(9);
        var expected = rand(1).item<float>();
        manual_seed(9);
        Summary.Of(network, 3);
        Assert.Equal(expected, rand(1).item<float>());
        Assert.Equal(0, network.get_buffer("calls")!.item<float>());
    }

    [Fact]
    public void Hooks_are_removed()
    {
        using var network = new Network();
        using (var recorder = new CallRecorder(network))
        {
            network.call(zeros(1, 1, 28, 28));
            Assert.Single(recorder.Root.Calls);
            recorder.Dispose();
            network.call(zeros(1, 1, 28, 28));
            Assert.Single(recorder.Root.Calls);
        }
    }

    [Fact]
    public void No_tensors_are_left_and_other_hooks_stay()
    {
        using var network = SequentialNetworks.BatchNorm();
        var calls = 0;
        ((nn.Module<Tensor, Tensor>)network[0]).register_forward_hook((_, _, output) =>
        {
            calls++;
            return output;
        });
        Summary.Of(network, 1, 28, 28);
        var before = LiveTensors.OfThisThread;
        var first = Summary.Of(network, 1, 28, 28).Rows.Count;
        Assert.Equal(before, LiveTensors.OfThisThread);
        Assert.Equal(first, Summary.Of(network, 1, 28, 28).Rows.Count);
        network.call(zeros(2, 1, 28, 28)).Dispose();
        Assert.Equal(4, calls);
    }

    [Fact]
    public void A_model_that_fails_is_not_changed_and_the_message_names_the_layer()
    {
        using var network = new MnistCnn();
        var error = Assert.Throws<ArgumentException>(() => Summary.Of(network, 1, 1, 30, 30));
        Assert.StartsWith("MnistCnn failed with an input of [1, 1, 1, 30, 30] in its layer conv_layers.0: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("(Pass the shape of one sample: the batch dimension is added in front.)", error.Message);
        Assert.True(network.training);
        Assert.Equal(13, Summary.Of(network, 1, 28, 28).Rows.Count);
    }

    [Fact]
    public void A_model_with_other_inputs_is_rejected()
    {
        using var network = new Network();
        var error = Assert.Throws<ArgumentException>(() => Summary.Of(network, [[1, 28, 28], [1]]));
        Assert.StartsWith("Network cannot be called with 2 tensors.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_that_is_called_twice_has_two_rows_and_counts_once()
    {
        var layer = nn.Linear(3, 3);
        var activation = nn.ReLU();
        using var network = nn.Sequential(("a", layer), ("b", activation), ("c", layer), ("d", activation));
        var summary = Summary.Of(network, 3);
        Assert.Equal([12, 0, 0, 0], summary.Rows.Skip(1).Select(row => row.Parameters));
        Assert.Equal([false, false, true, false], summary.Rows.Skip(1).Select(row => row.IsShared));
        Assert.Equal(12, summary.Parameters);
        Assert.Equal(18, summary.Macs);
    }

    [Fact]
    public void Layers_are_nested_as_they_call_each_other()
    {
        using var network = nn.Sequential(("body", nn.Sequential(nn.Linear(3, 4), nn.Sequential(nn.ReLU()))), ("head", nn.Linear(4, 2)));
        var rows = Summary.Of(network, 3).Rows;
        Assert.Equal(["", "body", "body.0", "body.1", "body.1.0", "head"], rows.Select(row => row.Name));
        Assert.Equal([0, 1, 2, 2, 3, 1], rows.Select(row => row.Depth));
        Assert.Equal(["", "body", "0", "1", "0", "head"], rows.Select(row => row.ShortName));
    }

    [Fact]
    public void Layers_in_lists_and_layers_that_are_never_called_are_shown()
    {
        using var network = new WithList();
        var rows = Summary.Of(network, 3).Rows;
        Assert.Equal(["", "layers.0", "layers.1", "spare"], rows.Select(row => row.Name));
        Assert.Equal("not called", rows[^1].OutputShape);
        Assert.Equal([0, 12, 12, 20], rows.Select(row => row.Parameters));
    }

    [Fact]
    public void Frozen_parameters_are_not_trainable()
    {
        using var network = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2));
        foreach (var parameter in network.children().ElementAt(0).parameters())
            parameter.requires_grad = false;
        network.children().ElementAt(1).get_parameter("bias")!.requires_grad = false;
        var summary = Summary.Of(network, 3);
        Assert.Equal(["", "no", "partly"], summary.Rows.Select(row => row.Trainable));
        Assert.Equal((26, 8), (summary.Parameters, summary.TrainableParameters));
    }

    [Fact]
    public void Recurrent_layers_and_several_inputs_are_summarized()
    {
        using var lstm = nn.LSTM(10, 20, numLayers: 2);
        var row = Assert.Single(Summary.Of(lstm, zeros(7, 3, 10)).Rows);
        Assert.Equal("[7, 3, 20], [2, 3, 20], [2, 3, 20]", row.OutputShape);
        Assert.Equal(5920, row.Parameters);

        using var pair = new Pair();
        var summary = Summary.Of(pair, [[3], [5]]);
        Assert.Equal([[1, 3], [1, 5]], summary.InputShapes);
        Assert.Equal(["[1, 4]", "[1, 4]", "[1, 4]"], summary.Rows.Select(inner => inner.OutputShape));
        Assert.Equal(8 * 4 / 1024.0 / 1024, summary.InputMB, 1e-12);
    }

    [Fact]
    public void An_integer_input_is_passed_as_a_tensor()
    {
        using var network = nn.Sequential(nn.Embedding(10, 4), nn.Linear(4, 2));
        Assert.Equal("[2, 5, 2]", Summary.Of(network, zeros([2, 5], ScalarType.Int64)).Rows[0].OutputShape);
    }

    [Fact]
    public void A_model_of_doubles_gets_doubles()
    {
        using var network = nn.Linear(3, 2).@double();
        Assert.Equal(3 * 8 / 1024.0 / 1024, Summary.Of(network, 3).InputMB, 1e-12);
    }

    [Fact]
    public void The_text_is_a_table()
    {
        using var network = nn.Sequential(("body", nn.Sequential(nn.Flatten(), nn.Linear(784, 100), nn.ReLU())), ("head", nn.Linear(100, 10)));
        Assert.Equal(
            """
            Layer                Output shape  Parameters  Trainable    MACs
            ────────────────────────────────────────────────────────────────
            Sequential           [1, 10]
              body (Sequential)  [1, 100]
                0 (Flatten)      [1, 784]
                1 (Linear)       [1, 100]          78,500  yes        78,400
                2 (ReLU)         [1, 100]
              head (Linear)      [1, 10]            1,010  yes         1,000
            ────────────────────────────────────────────────────────────────
            Parameters                   79,510
            Trainable parameters         79,510
            Non-trainable parameters          0
            MACs                         79,400
            Input size                  0.00 MB
            Forward/backward pass size  0.01 MB
            Parameters size             0.30 MB
            Estimated total size        0.31 MB

            """, Summary.Of(network, 1, 28, 28).ToString());
    }

    [Fact]
    public void Notebooks_show_html_and_text()
    {
        using var network = nn.Sequential(("<b>", nn.Linear(3, 2)));
        var summary = Summary.Of(network, 3);
        var bundle = new SummaryFormatterSource().CreateTypeFormatters().Cast<TypeFormatter<Summary>>().ToDictionary(formatter => formatter.MimeType, formatter =>
        {
            using var writer = new StringWriter();
            Assert.True(formatter.Format(summary, writer));
            return writer.ToString();
        });
        Assert.Equal(["text/html", "text/plain"], bundle.Keys);
        Assert.Contains("&lt;b&gt;", bundle["text/html"]);
        Assert.DoesNotContain("<b>", bundle["text/html"]);
        Assert.Equal(summary.ToString(), bundle["text/plain"]);
        Assert.Contains(typeof(Summary).GetCustomAttributes(false), attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");
    }

    [Fact]
    public void The_rows_are_available_as_a_data_frame()
    {
        using var network = new Network();
        var table = Summary.Of(network, 1, 28, 28).Table();
        Assert.Equal(6, table.Rows.Count);
        Assert.Equal(32998L, table["parameters"].Sum());
    }

    private sealed class Counting : nn.Module<Tensor, Tensor>
    {
        private readonly Tensor _calls = zeros(1);

        public Counting()
            : base(nameof(Counting)) => register_buffer("calls", _calls);

        public override Tensor forward(Tensor input)
        {
            _calls.add_(1);
            return input + rand_like(input);
        }
    }

    private sealed class Pair : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly Linear _left = nn.Linear(3, 4);
        private readonly Linear _right = nn.Linear(5, 4);

        public Pair()
            : base(nameof(Pair)) => RegisterComponents();

        public override Tensor forward(Tensor left, Tensor right) => _left.call(left) + _right.call(right);
    }

    private sealed class WithList : nn.Module<Tensor, Tensor>
    {
        [ComponentName(Name = "layers")]
        private readonly ModuleList<Linear> _layers = nn.ModuleList(nn.Linear(3, 3), nn.Linear(3, 3));

        public WithList()
            : base(nameof(WithList))
        {
            RegisterComponents();
            register_module("spare", nn.Linear(4, 4));
        }

        public override Tensor forward(Tensor input) => _layers.Aggregate(input, (current, layer) => layer.call(current));
    }
}
