using System.Globalization;
using Microsoft.CodeAnalysis;

namespace TorchAnalyzers.Tests;

/// <summary>The rules about classes find mistakes in every kind of class and member.</summary>
public sealed class ClassContextTests
{
    private const string Forward = "public override Tensor forward(Tensor x) => x;";

    private const string Sets = "static class Sets { public static Tensor Load(bool train) => rand(2); }";

    private static readonly (string Id, string Code)[] _mistakes =
    [
        ("TN1003", "class Net : Module<Tensor, Tensor> { private readonly Linear fc = Linear(2, 2); public Net() : base(\"n\") { } " + Forward + " }"),
        ("TN1003", "class Net() : Module<Tensor, Tensor>(\"n\") { private readonly Linear fc = Linear(2, 2); " + Forward + " }"),
        ("TN1003", "class Net() : Module<Tensor, Tensor>(\"n\") { public Linear Fc { get; } = Linear(2, 2); " + Forward + " }"),
        ("TN1003", "class Net(Linear fc) : Module<Tensor, Tensor>(\"n\") { public override Tensor forward(Tensor x) => fc.call(x); }"),
        ("TN1003", "class Net<M> : Module<Tensor, Tensor> where M : Module<Tensor, Tensor> { private readonly M inner; public Net(M inner) : base(\"n\") => this.inner = inner; " + Forward + " }"),
        ("TN1003", "partial class Net { private readonly Linear fc = Linear(2, 2); } partial class Net : Module<Tensor, Tensor> { public Net() : base(\"n\") { } " + Forward + " }"),
        ("TN1003", "abstract class Part : Module<Tensor, Tensor> { protected Part() : base(\"n\") { } } sealed class Net : Part { private readonly Linear fc = Linear(2, 2); " + Forward + " }"),
        ("TN1003", "class Net() : Module<Tensor, Tensor>(\"n\") { private readonly Inner fc = new(); " + Forward + " class Inner : Module<Tensor, Tensor> { public Inner() : base(\"i\") => RegisterComponents(); " + Forward + " } }"),
        ("TN1003", "class Net() : Module<Tensor, Tensor>(\"n\") { private readonly Parameter w = Parameter(rand(2)); private const string Why = nameof(RegisterComponents); " + Forward + " }"),
        ("TN1004", Early("RegisterComponents(); fc = Linear(2, 2);")),
        ("TN1004", Early("this.RegisterComponents(); this.fc = Linear(2, 2);")),
        ("TN1004", Early("base.RegisterComponents(); fc = Linear(2, 2);")),
        ("TN1004", Early("RegisterComponents(); if (n > 1) fc = Linear(2, 2); else { fc = Linear(2, 3); }")),
        ("TN1004", Early("RegisterComponents(); try { fc = Linear(2, 2); } finally { Console.WriteLine(); }")),
        ("TN1004", Early("try { RegisterComponents(); } finally { Console.WriteLine(); } fc = Linear(2, 2);")),
        ("TN1004", Early("lock (this) { RegisterComponents(); fc = Linear(2, 2); }")),
        ("TN1004", Early("RegisterComponents(); (fc, Width) = (Linear(2, 2), n);")),
        ("TN1004", Early("RegisterComponents(); fc ??= Linear(2, 2);")),
        ("TN1004", Early("RegisterComponents(); Build(); void Build() => fc = Linear(2, 2);")),
        ("TN1004", Early("RegisterComponents(); Build(); } private void Build() { fc = Linear(2, 2);")),
        ("TN1004", Early("RegisterComponents(); this.Build(); } private void Build() { fc = Linear(2, 2);")),
        ("TN1004", "abstract class Part : Module<Tensor, Tensor> { protected Part() : base(\"n\") => RegisterComponents(); } class Net : Part { private readonly Linear fc; public Net() => fc = Linear(2, 2); " + Forward + " }"),
        ("TN1005", List("private readonly List<Linear> layers = [];")),
        ("TN1005", List("public Linear[] Layers { get; } = [];")),
        ("TN1005", List("private List<Linear> layers, others;")),
        ("TN1005", List("private List<List<Linear>> layers;")),
        ("TN1005", List("private Linear[][] layers;")),
        ("TN1005", List("private IEnumerable<Module<Tensor, Tensor>> layers;")),
        ("TN1005", List("private Queue<Linear> layers;")),
        ("TN1005", List("private readonly HashSet<Linear> layers = [];")),
        ("TN1005", List("private System.Collections.Concurrent.ConcurrentDictionary<string, Linear> layers;")),
        ("TN1005", List("private SortedList<string, Linear> layers;")),
        ("TN1005", "partial class Net { private readonly Linear[] layers = []; } partial class Net : Module<Tensor, Tensor> { public Net() : base(\"n\") => RegisterComponents(); " + Forward + " }"),
        ("TN1005", "class Net<M> : Module<Tensor, Tensor> where M : Module<Tensor, Tensor> { private readonly List<M> layers = []; public Net() : base(\"n\") => RegisterComponents(); " + Forward + " }"),
        ("TN1005", "class Net(Linear[] layers) : Module<Tensor, Tensor>(\"n\") { public override Tensor forward(Tensor x) { foreach (var layer in layers) x = layer.call(x); return x; } }"),
        ("TN1028", Twice("throw new NotSupportedException();")),
        ("TN1028", "class Net : torch.autograd.MultiTensorFunction<Net> { public override string Name => \"Net\"; public override List<Tensor> forward(torch.autograd.AutogradContext c, params object[] v) => []; "
            + "public override List<Tensor> backward(torch.autograd.AutogradContext c, List<Tensor> g) => throw new NotSupportedException(); }"),
        ("TN1030", Drop("public override Tensor forward(Tensor x) => F.dropout(x);")),
        ("TN1030", "partial class Net { private Tensor Drop(Tensor x) => F.dropout(x); } partial class Net : Module<Tensor, Tensor> { public Net() : base(\"n\") { } public override Tensor forward(Tensor x) => Drop(x); }"),
        ("TN1032", "class Net : Module<Tensor, Tensor> { private readonly GroupNorm norm = GroupNorm(2, 4); public Net() : base(\"n\") => RegisterComponents(); " + Forward + " }"),
        ("TN1032", "class Net : Module<Tensor, Tensor> { public GroupNorm Norm { get; } public Net() : base(\"n\") { Norm = GroupNorm(2, 4); RegisterComponents(); } " + Forward + " }"),
        ("TN1032", "class Net() : Module<Tensor, Tensor>(\"n\") { private readonly Sequential layers = Sequential((\"norm\", GroupNorm(2, 4))); " + Forward + " }"),
    ];

    [Theory]
    [InlineData("Console.WriteLine(); {0}")]
    [InlineData("Console.WriteLine(); static class Outer {{ {0} }}")]
    [InlineData("Console.WriteLine(); class Outer<T> {{ public T Value {{ get; set; }} {0} }}")]
    [InlineData("Console.WriteLine(); struct Outer {{ {0} }}")]
    [InlineData("Console.WriteLine(); record Outer(int N) {{ {0} }}")]
    [InlineData("Console.WriteLine(); interface IOuter {{ {0} }}")]
    [InlineData("Console.WriteLine(); class Outer : Module<Tensor, Tensor> {{ public Outer() : base(\"o\") => RegisterComponents(); public override Tensor forward(Tensor x) => x; {0} }}")]
    [InlineData("Console.WriteLine(); namespace Parts {{ {0} }}", true)]
    public async Task A_mistake_is_found_in_every_kind_of_class(string context, bool isProgram = false)
    {
        var missed = new List<string>();
        foreach (var kind in isProgram ? [SourceCodeKind.Regular] : new[] { SourceCodeKind.Regular, SourceCodeKind.Script })
        {
            foreach (var (id, code) in _mistakes)
            {
                if (!(await ContextTests.Found(string.Format(CultureInfo.InvariantCulture, context, code), kind)).Contains(id))
                    missed.Add($"{id} in {kind}: {code}");
            }
        }
        Assert.Empty(missed);
    }

    [Theory]
    [InlineData("public override Tensor forward(Tensor x) {{ if (x.dim() > 1) x = {0}; return x; }}")]
    [InlineData("public override Tensor forward(Tensor x) {{ Func<Tensor, Tensor> run = y => {0}; return run(x); }}")]
    [InlineData("public override Tensor forward(Tensor x) {{ return Run(); Tensor Run() {{ return {0}; }} }}")]
    [InlineData("public override Tensor forward(Tensor x) => x.dim() switch {{ 1 => {0}, _ => x }};")]
    [InlineData("public override Tensor forward(Tensor x) => (from y in new[] {{ x }} select {0}).First();")]
    [InlineData("public override Tensor forward(Tensor x) {{ try {{ return {0}; }} finally {{ Console.WriteLine(); }} }}")]
    [InlineData("public override Tensor forward(Tensor x) => Run(x).Result; private async System.Threading.Tasks.Task<Tensor> Run(Tensor x) {{ await System.Threading.Tasks.Task.Yield(); return {0}; }}")]
    [InlineData("public override Tensor forward(Tensor x) => this[x]; private Tensor this[Tensor x] => {0};")]
    [InlineData("public override Tensor forward(Tensor input) {{ x = input; return Dropped; }} private Tensor x; private Tensor Dropped {{ get {{ return {0}; }} }}")]
    [InlineData("public override Tensor forward(Tensor x) => Run(x).Last(); private IEnumerable<Tensor> Run(Tensor x) {{ yield return {0}; }}")]
    public async Task A_dropout_is_found_in_every_kind_of_member(string member)
    {
        foreach (var call in new[] { "F.dropout(x)", "functional.dropout2d(x, 0.1)", "torch.nn.functional.dropout(input: x)" })
            await FindsAsync("TN1030", $"Console.WriteLine(); {Drop(string.Format(CultureInfo.InvariantCulture, member, call))}");
    }

    [Theory]
    [InlineData("if (g.dim() > 1) throw new ArgumentException(); return [g];")]
    [InlineData("return g.dim() > 1 ? [g] : throw new ArgumentException();")]
    [InlineData("return g.dim() switch { 1 => [g], _ => throw new ArgumentException() };")]
    [InlineData("switch (g.dim()) { case 1: return [g]; default: throw new ArgumentException(); }")]
    [InlineData("foreach (var n in g.shape) { if (n > 1) throw new ArgumentException(); } return [g];")]
    [InlineData("using (no_grad()) { throw new ArgumentException(); }")]
    [InlineData("lock (g) { throw new ArgumentException(); }")]
    [InlineData("try { return [g]; } finally { ArgumentNullException.ThrowIfNull(g); }")]
    [InlineData("System.ArgumentOutOfRangeException.ThrowIfNegative(g.dim()); return [g];")]
    [InlineData("Check(); return [g]; void Check() { if (g.dim() > 1) throw new ArgumentException(); }")]
    [InlineData("return [Checked(g)]; static Tensor Checked(Tensor t) => t ?? throw new ArgumentException();")]
    public Task An_exception_is_found_in_every_kind_of_statement(string body) => FindsAsync("TN1028", $"Console.WriteLine(); {Twice(body)}");

    [Theory]
    [InlineData("try { Check(); } catch (ArgumentException) { } return [g]; void Check() { if (g.dim() > 1) throw new ArgumentException(); }")]
    [InlineData("return [g]; void Check() { if (g.dim() > 1) throw new ArgumentException(); }")]
    [InlineData("Action check = () => throw new ArgumentException(); return [g];")]
    public Task A_caught_exception_is_not(string body) => IsSilentAsync("TN1028", $"Console.WriteLine(); {Twice(body)}");

    [Theory]
    [InlineData("Build(); RegisterComponents(); void Build() => fc = Linear(2, 2);")]
    [InlineData("Build(); RegisterComponents(); } private void Build() { fc = Linear(2, 2);")]
    [InlineData("fc = Linear(2, 2); if (n > 1) { RegisterComponents(); return; } RegisterComponents();")]
    [InlineData("fc = Linear(2, 2); RegisterComponents(); Console.WriteLine(Count()); } private int Count() { var fc = 2; fc = 3; return fc;")]
    [InlineData("fc = Linear(2, 2); RegisterComponents(); (Width, var other) = (1, 2);")]
    public Task A_registration_of_all_fields_is_not(string constructor) => IsSilentAsync("TN1004", $"Console.WriteLine(); {Early(constructor)}");

    [Theory]
    [InlineData("TN1003", "class Net(Linear fc) : Module<Tensor, Tensor>(\"n\") { private readonly long _rows = fc.weight.shape[0]; public override Tensor forward(Tensor x) => x * _rows; }")]
    [InlineData("TN1005", "class Net(Linear[] layers) : Module<Tensor, Tensor>(\"n\") { private readonly Sequential _all = Sequential(layers); public override Tensor forward(Tensor x) => _all.call(x); }")]
    [InlineData("TN1005", "class Net() : Module<Tensor, Tensor>(\"n\") { private List<List<Tensor>> values = []; private Dictionary<string, int> sizes = []; public override Tensor forward(Tensor x) => x; }")]
    public Task A_class_without_unregistered_parts_is_not(string id, string source) => IsSilentAsync(id, $"Console.WriteLine(); {source}");

    [Theory]
    [InlineData("TN1020", "object testSet; testSet = Sets.Load(train: true);")]
    [InlineData("TN1020", "var (trainSet, testSet) = (Sets.Load(train: true), Sets.Load(train: true));")]
    [InlineData("TN1020", "Console.WriteLine(); class Data { public Tensor Test { get; } = Sets.Load(train: true); }")]
    [InlineData("TN1020", "Console.WriteLine(); class Data { public Tensor TestSet => Sets.Load(train: true); }")]
    [InlineData("TN1020", "Console.WriteLine(); class Data { private readonly object _test; public Data() => this._test = Sets.Load(train: true); }")]
    [InlineData("TN1020", "var sets = new { Test = Sets.Load(train: true) };")]
    [InlineData("TN1021", "object train; train = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(rand(4, 2)), 2); rand(1).backward();")]
    [InlineData("TN1022", "manual_seed(1); DataLoader loader = new(null, 2, shuffle: true);")]
    [InlineData("TN1022", "manual_seed(1); var loader = new TorchSharp.Modules.DataLoader(null, 2, true);")]
    [InlineData("TN1021", "rand(1).backward(); class Data { public object TrainLoader { get; } = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(rand(4, 2)), 2); }")]
    public Task A_set_is_found_wherever_its_name_stands(string id, string source) => FindsAsync(id, $"{source} {Sets}");

    [Theory]
    [InlineData("TN1020", "object trainSet, testSet; (trainSet, testSet) = (Sets.Load(train: true), Sets.Load(train: false));")]
    [InlineData("TN1020", "var data = new Data(); data.Train = Sets.Load(train: true); class Data { public object Train { get; set; } }")]
    public Task A_set_with_another_name_is_not(string id, string source) => IsSilentAsync(id, $"{source} {Sets}");

    private static string Early(string constructor) =>
        $"class Net : Module<Tensor, Tensor> {{ private Linear fc; public int Width {{ get; set; }} public Net(int n) : base(\"n\") {{ {constructor} }} {Forward} }}";

    private static string List(string member) => $"class Net : Module<Tensor, Tensor> {{ {member} public Net() : base(\"n\") => RegisterComponents(); {Forward} }}";

    private static string Drop(string member) => $"class Net : Module<Tensor, Tensor> {{ public Net() : base(\"n\") {{ }} {member} }}";

    private static string Twice(string body) => "class Twice : torch.autograd.SingleTensorFunction<Twice> { public override string Name => \"Twice\"; "
        + $"public override Tensor forward(torch.autograd.AutogradContext c, params object[] v) => (Tensor)v[0]; public override List<Tensor> backward(torch.autograd.AutogradContext c, Tensor g) {{ {body} }} }}";

    private static async Task FindsAsync(string id, string source)
    {
        foreach (var kind in new[] { SourceCodeKind.Regular, SourceCodeKind.Script })
            Assert.True((await ContextTests.Found(source, kind)).Contains(id), $"{id} is not found in {kind}: {source}");
    }

    private static async Task IsSilentAsync(string id, string source)
    {
        foreach (var kind in new[] { SourceCodeKind.Regular, SourceCodeKind.Script })
            Assert.False((await ContextTests.Found(source, kind)).Contains(id), $"{id} is found in {kind}: {source}");
    }
}
