using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Rules;
using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.GroupNormUninitialized>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.GroupNormUninitialized, TorchAnalyzers.Fixes.GroupNormUninitializedFix>;

namespace TorchAnalyzers.Tests;

public sealed class GroupNormUninitializedTests
{
    // what TorchExtras declares
    private const string Extension = " static class Extras { extension(GroupNorm norm) { public GroupNorm reset_parameters() => norm; } }";

    private const string OldExtension = " static class Extras { public static GroupNorm reset_parameters(this GroupNorm norm) => norm; }";

    [Theory]
    [InlineData("[|GroupNorm(2, 4)|];")]
    [InlineData("[|nn.GroupNorm(2, 4)|].call(rand(1, 4));")]
    [InlineData("[|torch.nn.GroupNorm(2, 4, eps: 1e-3)|];")]
    [InlineData("[|TorchSharp.torch.nn.GroupNorm(num_groups: 2, num_channels: 4, affine: true)|];")]
    [InlineData("var affine = DateTime.Now.Year > 1; var norm = [|GroupNorm(2, 4, affine: affine)|];")]
    [InlineData("var net = Sequential(Conv2d(1, 4, 3), [|GroupNorm(2, 4)|], ReLU(), [|GroupNorm(1, 4)|]);")]
    [InlineData("var net = Sequential((\"conv\", Conv2d(1, 4, 3)), (\"norm\", [|GroupNorm(2, 4)|]));")]
    [InlineData("var norms = new List<GroupNorm> { [|GroupNorm(2, 4)|] }; norms.Add([|GroupNorm(2, 4)|]);")]
    [InlineData("GroupNorm[] norms = [[|GroupNorm(2, 4)|], [|GroupNorm(2, 8)|]];")]
    [InlineData("var norms = new ModuleList<Module<Tensor, Tensor>>([|GroupNorm(2, 4)|]);")]
    [InlineData("var norm = [|GroupNorm(2, 4)|].to(CPU); norm.call(rand(1, 4));")]
    [InlineData("Func<int, Module<Tensor, Tensor>> create = channels => [|GroupNorm(4, channels)|];")]
    [InlineData("Module<Tensor, Tensor> Create(bool grouped) => grouped ? [|GroupNorm(4, 8)|] : BatchNorm2d(8); Create(true);")]
    [InlineData("var norm = [|GroupNorm(2, 4)|]; norm.train(); norm.parameters().First().print();")]
    [InlineData("var one = GroupNorm(2, 4); var two = [|GroupNorm(2, 4)|]; init.ones_(one.weight); init.zeros_(one.bias);")]
    [InlineData("var (one, two) = (GroupNorm(2, 4), [|GroupNorm(2, 4)|]); init.ones_(one.weight);")]
    [InlineData("var norm = [|GroupNorm(2, 4)|]; var other = LayerNorm(4); init.ones_(other.weight);")]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly GroupNorm norm = [|GroupNorm(2, 4)|];
            private readonly Linear fc = Linear(2, 4);
            public Net() : base("n") { RegisterComponents(); init.ones_(fc.weight); }
            public override Tensor forward(Tensor x) => norm.call(fc.call(x));
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> norm;
            public Net(bool grouped) : base("n") { norm = grouped ? [|nn.GroupNorm(2, 4)|] : BatchNorm1d(4); RegisterComponents(); }
            public override Tensor forward(Tensor x) => norm.call(x);
        }
        class Other : Module<Tensor, Tensor>
        {
            private readonly GroupNorm norm = GroupNorm(2, 4);
            public Other() : base("o") { RegisterComponents(); init.ones_(norm.weight); init.zeros_(norm.bias); }
            public override Tensor forward(Tensor x) => norm.call(x);
        }
        """)]
    public Task A_layer_that_is_not_initialized_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("GroupNorm(2, 4, affine: false);")]
    [InlineData("GroupNorm(2, 4, 1e-5, false);")]
    [InlineData("const bool Affine = false; var net = Sequential(GroupNorm(2, 4, affine: Affine));")]
    [InlineData("LayerNorm(4); BatchNorm2d(4); InstanceNorm2d(4, affine: true);")]
    [InlineData("var norm = GroupNorm(2, 4); init.ones_(norm.weight); init.zeros_(norm.bias);")]
    [InlineData("var norm = GroupNorm(2, 4); using (no_grad()) { norm.weight!.fill_(1); norm.bias!.fill_(0); }")]
    [InlineData("GroupNorm norm; norm = GroupNorm(2, 4); void Start() => init.ones_(norm?.weight); Start();")]
    [InlineData("Module<Tensor, Tensor> norm = GroupNorm(2, 4); init.ones_(((GroupNorm)norm).weight); init.zeros_((norm as GroupNorm)!.bias);")]
    [InlineData("var norm = GroupNorm(2, 4).to(CPU); init.ones_(norm.weight);")]
    [InlineData("var norm = GroupNorm(2, 4); norm.load(\"norm.dat\");")]
    [InlineData("var net = Sequential(Conv2d(1, 4, 3), GroupNorm(2, 4)); net.load_state_dict(Sequential().state_dict());")]
    [InlineData("var net = Sequential((\"norm\", GroupNorm(2, 4))); net.apply(module => { if (module is GroupNorm norm) init.ones_(norm.weight); });")]
    [InlineData("var net = Sequential(GroupNorm(2, 4)); foreach (var module in net.modules()) { if (module is GroupNorm { weight: { } weight, bias: { } bias }) { init.ones_(weight); init.zeros_(bias); } }")]
    [InlineData("var net = Sequential(Linear(2, 4), GroupNorm(2, 4)); var norm = (GroupNorm)net[1]; init.ones_(norm.weight);")]
    [InlineData("var net = Sequential(Linear(2, 4), GroupNorm(2, 4)); init.ones_(((GroupNorm)net[1]).weight);")]
    [InlineData("var norms = new List<GroupNorm> { GroupNorm(2, 4) }; norms.Add(GroupNorm(2, 4)); foreach (var norm in norms) init.ones_(norm.weight);")]
    [InlineData("GroupNorm Started(GroupNorm norm) { init.ones_(norm.weight); init.zeros_(norm.bias); return norm; } Sequential(Started(GroupNorm(2, 4)), Started(norm: GroupNorm(1, 4)));")]
    [InlineData("GroupNorm Create(int channels) { var norm = GroupNorm(4, channels); init.ones_(norm.weight); return norm; } Create(8);")]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly GroupNorm norm = GroupNorm(2, 4);
            public GroupNorm Second { get; }
            public Net() : base("n")
            {
                this.Second = GroupNorm(2, 4);
                RegisterComponents();
                init.ones_(this.norm.weight);
                init.ones_(Second.weight);
            }
            public override Tensor forward(Tensor x) => norm.call(x);
        }
        """)]
    [InlineData("""
        var net = new Net();
        init.ones_(net.Norm.weight);
        class Net : Module<Tensor, Tensor>
        {
            public readonly GroupNorm Norm = GroupNorm(2, 4);
            public Net() : base("n") => RegisterComponents();
            public override Tensor forward(Tensor x) => Norm.call(x);
        }
        """)]
    [InlineData("int GroupNorm(int groups, int channels) => 1; GroupNorm(2, 4);")]
    public Task A_layer_that_is_initialized_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("GroupNorm(2, 4).reset_parameters();")]
    [InlineData("var net = Sequential(Conv2d(1, 4, 3), GroupNorm(2, 4).reset_parameters(), ReLU());")]
    [InlineData("var norm = nn.GroupNorm(2, 4).to(CPU).reset_parameters();")]
    [InlineData("var norm = GroupNorm(2, 4); norm.reset_parameters();")]
    [InlineData("var norms = new[] { GroupNorm(2, 4) }; foreach (var norm in norms) norm.reset_parameters();")]
    [InlineData("GroupNorm Create(int channels) => GroupNorm(4, channels); Sequential(Create(8).reset_parameters());")]
    [InlineData("Extras.reset_parameters(GroupNorm(2, 4));")]
    [InlineData("Console.WriteLine(); class Net : Module<Tensor, Tensor> { private readonly GroupNorm norm = GroupNorm(2, 4); public Net() : base(\"n\") { RegisterComponents(); norm.reset_parameters(); } "
        + "public override Tensor forward(Tensor x) => norm.call(x); }")]
    [InlineData("Console.WriteLine(); class Net : Module<Tensor, Tensor> { private readonly GroupNorm norm; public Net() : base(\"n\") => norm = GroupNorm(2, 4).reset_parameters(); "
        + "public override Tensor forward(Tensor x) => norm.call(x); }")]
    public async Task A_layer_that_TorchExtras_initializes_is_not(string source)
    {
        await Check.FindsInProgramAsync(source + Extension);
        await Check.FindsInProgramAsync(source + OldExtension);
    }

    [Theory]
    [InlineData("GroupNorm(2, 4).reset_parameters();")]
    [InlineData("var norm = GroupNorm(2, 4); norm.reset_parameters();")]
    [InlineData("var net = Sequential(GroupNorm(2, 4)); var norm = (GroupNorm)net[0]; norm.reset_parameters();")]
    public Task A_layer_that_a_cell_initializes_is_not(string source) =>
        Check.FindsInCellAsync("static GroupNorm reset_parameters(this GroupNorm norm) => norm; " + source);

    [Fact]
    public async Task A_layer_that_another_part_of_the_class_initializes_is_not()
    {
        const string Part = "partial class Net : Module<Tensor, Tensor> { private readonly GroupNorm norm = GroupNorm(2, 4); private readonly GroupNorm second = GroupNorm(2, 4); "
            + "public override Tensor forward(Tensor x) => norm.call(x); }";
        const string Constructor = "partial class Net { public Net() : base(\"n\") { RegisterComponents(); init.ones_(norm.weight); } }";
        var found = Assert.Single(await Found(Part, Constructor));
        Assert.Equal("second = GroupNorm(2, 4)", found.Location.SourceTree!.GetText().ToString(new(found.Location.SourceSpan.Start - 9, found.Location.SourceSpan.Length + 9)));
    }

    [Theory]
    [InlineData("", "TorchSharp does not initialize the weight and bias of GroupNorm; fill them with torch.nn.init.ones_(layer.weight) and torch.nn.init.zeros_(layer.bias)")]
    [InlineData(Extension, "TorchSharp does not initialize the weight and bias of GroupNorm; call reset_parameters()")]
    [InlineData(OldExtension, "TorchSharp does not initialize the weight and bias of GroupNorm; call reset_parameters()")]
    public async Task The_message_tells_what_the_program_can_call(string extension, string message) =>
        Assert.Equal(message, Assert.Single(await Found("class Net { private readonly GroupNorm norm = GroupNorm(2, 4); }" + extension)).GetMessage(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("var norm = [|GroupNorm(2, 4)|];", "var norm = GroupNorm(2, 4).reset_parameters();")]
    [InlineData("[|nn.GroupNorm(2, 4)|].call(rand(1, 4));", "nn.GroupNorm(2, 4).reset_parameters().call(rand(1, 4));")]
    [InlineData("Sequential([|GroupNorm(2, 4)|], ReLU(), [|GroupNorm(1, 4)|]);", "Sequential(GroupNorm(2, 4).reset_parameters(), ReLU(), GroupNorm(1, 4).reset_parameters());")]
    [InlineData("var net = Sequential(\n    Linear(2, 4),\n    // groups\n    [|torch.nn.GroupNorm(2, 4)|]);", "var net = Sequential(\n    Linear(2, 4),\n    // groups\n    torch.nn.GroupNorm(2, 4).reset_parameters());")]
    public Task The_fix_calls_reset_parameters(string source, string expected) => Fix.FixesAsync(source + Extension, expected + Extension);

    [Theory]
    [InlineData("var norm = [|GroupNorm(2, 4)|];")]
    public Task No_fix_is_offered_without_the_extension(string source) => Fix.OffersNothingAsync(source);

    private static async Task<IEnumerable<Diagnostic>> Found(params string[] files)
    {
        var trees = files.Select((file, index) => CSharpSyntaxTree.ParseText(
            Verify<GroupNormUninitialized>.WithUsings(file), (CSharpParseOptions)Settings.Parse(SourceCodeKind.Regular), $"{index}.cs"));
        var compilation = CSharpCompilation.Create("library", trees, Settings.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return await compilation.WithAnalyzers([new GroupNormUninitialized()]).GetAnalyzerDiagnosticsAsync();
    }
}
