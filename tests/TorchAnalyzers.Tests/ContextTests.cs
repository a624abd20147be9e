using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Tests;

/// <summary>Rules find mistakes in every kind of code.</summary>
public sealed class ContextTests
{
    private const string Batches = "var net = Linear(2, 1); var optimizer = torch.optim.SGD(net.parameters(), 0.1); foreach (var x in new[] { rand(1, 2) }) ";

    private const string Dropping = "var net = Sequential(Linear(2, 2), Dropout(0.5)); var optimizer = torch.optim.SGD(net.parameters(), 0.1); foreach (var x in new[] { rand(1, 2) }) "
        + "{ optimizer.zero_grad(); net.call(x).sum().backward(); optimizer.step(); } ";

    private const string Loader = "torch.utils.data.DataLoader(torch.utils.data.TensorDataset(rand(4, 2)), 2";

    private static readonly (string Id, string Code)[] _mistakes =
    [
        ("TN1001", "rand(2, 3).sum(0).print();"),
        ("TN1002", "rand(2, 3).var(unbiased: false).print();"),
        ("TN1006", "Sequential((\"a\", Linear(2, 2)), (\"a\", Linear(2, 2)));"),
        ("TN1007", "Linear(2, 2).forward(rand(1, 2));"),
        ("TN1008", Batches + "{ using var scope = NewDisposeScope(); var loss = net.call(x).sum(); loss.backward(); optimizer.step(); }"),
        ("TN1009", Dropping + "using (no_grad()) { net.call(rand(1, 2)).print(); }"),
        ("TN1010", Dropping.Replace("foreach", "net.eval(); foreach", StringComparison.Ordinal)),
        ("TN1011", Batches + "{ optimizer.zero_grad(); var loss = net.call(x).sum(); loss.backward(); optimizer.step(); }"),
        ("TN1012", "Tensor Scores() { using var scope = torch.NewDisposeScope(); return rand(2).exp(); } Scores();"),
        ("TN1013", "rand(3).argmax().item<int>();"),
        ("TN1014", "for (var epoch = 0; epoch < 2; epoch++) { " + Batches + "{ optimizer.zero_grad(); var loss = net.to(CUDA).call(x).sum(); loss.backward(); optimizer.step(); loss.item<float>(); } }"),
        ("TN1015", "F.cross_entropy(rand(2, 3), tensor(new[] { 0, 1 }));"),
        ("TN1016", "var p = rand(2, 3).softmax(1); F.cross_entropy(p, randint(0, 3, [2]));"),
        ("TN1017", "var total = zeros(1); " + Batches + "{ optimizer.zero_grad(); var loss = net.call(x).sum(); loss.backward(); total += loss; }"),
        ("TN1018", "var t = rand(2); t.to(CPU);"),
        ("TN1019", "var p = rand(2, 3); p[TensorIndex.Colon, TensorIndex.Tensor(p.argmax(1))] = 1f;"),
        ("TN1020", "Tensor Load(bool train) => rand(2); var testSet = Load(train: true);"),
        ("TN1021", $"var trainLoader = {Loader}); foreach (var batch in trainLoader) batch[0].sum().backward();"),
        ("TN1022", $"torch.manual_seed(1); {Loader}, shuffle: true);"),
        ("TN1023", "Tensor a = rand(2); var same = a == null; same.print();"),
        ("TN1024", "var stack = Sequential(Linear(2, 2)); stack.add_module(\"relu\", ReLU());"),
        ("TN1025", "torch.set_num_threads(0);"),
        ("TN1026", "var a = rand(2, 3); a.matmul(a);"),
        ("TN1027", "var norm = BatchNorm1d(3); norm.call(rand(1, 3));"),
        ("TN1029", "torch.no_grad();"),
        ("TN1031", "var root = rand(2).pow(1 / 2);"),
        ("TN1032", "var net = Sequential(Linear(2, 4), GroupNorm(2, 4));"),
    ];

    [Theory]
    [InlineData("{0}")]
    [InlineData("void Run() {{ {0} }}")]
    [InlineData("static void Run<T>(T value) {{ {0} }}")]
    [InlineData("async System.Threading.Tasks.Task Run() {{ await System.Threading.Tasks.Task.Yield(); {0} }}")]
    [InlineData("Action run = () => {{ {0} }};")]
    [InlineData("if (DateTime.Now.Year > 1) {{ {0} }} else {{ Console.WriteLine(); }}")]
    [InlineData("try {{ {0} }} finally {{ Console.WriteLine(); }}")]
    [InlineData("lock (typeof(object)) {{ {0} }}")]
    [InlineData("switch (DateTime.Now.Year) {{ case 1: {{ {0} break; }} }}")]
    [InlineData("Func<int, int> run = delegate (int value) {{ {0} return value; }};")]
    [InlineData("try {{ Console.WriteLine(); }} catch (ArgumentException) {{ {0} }}")]
    [InlineData("Action run = () => {{ Inner(); void Inner() {{ {0} }} }};")]
    [InlineData("async IAsyncEnumerable<int> Run() {{ await System.Threading.Tasks.Task.Yield(); {0} yield return 1; }}")]
    [InlineData("unsafe {{ checked {{ {0} }} }}")]
    [InlineData("IEnumerable<int> Run() {{ yield return 1; {0} }}")]
    [InlineData("Console.WriteLine(); partial class Part {{ }} partial class Part {{ public void Run() {{ {0} }} }}")]
    [InlineData("Console.WriteLine(); class Part<T>(T value) where T : class {{ public T Value => value; public U Run<U>(U u) {{ {0} return u; }} }}")]
    [InlineData("Console.WriteLine(); struct Part {{ public int Size {{ get {{ {0} return 1; }} }} }}")]
    [InlineData("Console.WriteLine(); record Part(int N) {{ static Part() {{ {0} }} public Part() : this(1) {{ }} }}")]
    [InlineData("Console.WriteLine(); class Part {{ public Part() {{ {0} }} ~Part() {{ }} public int this[int i] {{ get => i; set {{ }} }} }}")]
    [InlineData("Console.WriteLine(); class Part {{ public int this[int i] {{ get => i; set {{ {0} }} }} }}")]
    [InlineData("Console.WriteLine(); class Part {{ public int Size {{ get; init {{ {0} field = value; }} }} }}")]
    [InlineData("Console.WriteLine(); class Part {{ public event Action Ended {{ add {{ {0} }} remove {{ }} }} }}")]
    [InlineData("Console.WriteLine(); class Part {{ public static Part operator +(Part left, Part right) {{ {0} return left; }} }}")]
    [InlineData("Console.WriteLine(); interface IPart {{ void Run() {{ {0} }} }}")]
    [InlineData("Console.WriteLine(); class Part {{ private readonly Action _run = () => {{ {0} }}; }}")]
    [InlineData("Console.WriteLine(); namespace Parts {{ static class Part {{ extension(string text) {{ public int Run() {{ {0} return text.Length; }} }} }} }}", true)]
    public async Task A_mistake_is_found_wherever_it_stands(string context, bool isProgram = false)
    {
        var missed = new List<string>();
        foreach (var kind in isProgram ? [SourceCodeKind.Regular] : new[] { SourceCodeKind.Regular, SourceCodeKind.Script })
        {
            foreach (var (id, code) in _mistakes)
            {
                if (!(await Found(string.Format(System.Globalization.CultureInfo.InvariantCulture, context, code), kind)).Contains(id))
                    missed.Add($"{id} in {kind}");
            }
        }
        Assert.Empty(missed);
    }

    [Theory]
    [InlineData("TN1001", "using T = TorchSharp.torch.Tensor;", "T t = rand(2, 3); t.sum(0);")]
    [InlineData("TN1001", "using t = TorchSharp.torch;", "t.sum(t.rand(2, 3), 0);")]
    [InlineData("TN1025", "using t = TorchSharp.torch;", "t.set_num_threads(num: 0);")]
    [InlineData("TN1025", "using static TorchSharp.torch.autograd;", "var x = rand(2); grad([x.sum()], [x]);")]
    [InlineData("TN1026", "using N = TorchSharp.torch.nn;", "N.Sequential(N.Linear(784, 128), N.Linear(64, 10));")]
    [InlineData("TN1029", "using t = TorchSharp.torch;", "t.inference_mode();")]
    [InlineData("TN1016", "using static TorchSharp.torch.nn.functional;", "cross_entropy(rand(2, 3).softmax(1), randint(0, 3, [2]));")]
    [InlineData("TN1031", "using S = TorchSharp.Scalar;", "S half = 1; rand(2).add(half).pow((S)(1 / 2));")]
    [InlineData("TN1032", "using N = TorchSharp.torch.nn;", "N.GroupNorm(2, 4);")]
    public async Task An_alias_hides_no_mistake(string id, string alias, string code) =>
        Assert.Contains(id, await Found(code, SourceCodeKind.Regular, alias));

    internal static async Task<IEnumerable<string>> Found(string code, SourceCodeKind kind, string usings = "")
    {
        var tree = CSharpSyntaxTree.ParseText(usings + Verify<ShapesDoNotFit>.WithUsings(code), (CSharpParseOptions)Settings.Parse(kind));
        var options = (CSharpCompilationOptions)Settings.Compile(kind);
        var compilation = kind == SourceCodeKind.Script
            ? CSharpCompilation.CreateScriptCompilation("cell", tree, Settings.References, options)
            : CSharpCompilation.Create("program", [tree], Settings.References, options);
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return (await compilation.WithAnalyzers(Settings.Rules).GetAnalyzerDiagnosticsAsync()).Select(diagnostic => diagnostic.Id);
    }
}
