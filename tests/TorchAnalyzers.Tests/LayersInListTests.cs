using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.LayersInList>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.LayersInList, TorchAnalyzers.Fixes.LayersInListFix>;

namespace TorchAnalyzers.Tests;

public sealed class LayersInListTests
{
    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            List<Linear> [|layers|] = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear[] [|layers|] = [Linear(2, 2)];
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Dictionary<string, Linear> [|layers|] = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            IList<Module<Tensor, Tensor>> [|layers|] = new List<Module<Tensor, Tensor>>();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            List<Linear> [|Layers|] { get; } = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Parameter[] [|weights|] = [Parameter(ones(2))];
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            readonly IReadOnlyList<Module> [|layers|];
            public Net(IReadOnlyList<Module> given) : base("net") { layers = given; RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            List<Linear> [|layers|] = new();
            public Net() : base("net") { for (var i = 0; i < 3; i++) layers.Add(Linear(2, 2)); RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    public Task Layers_in_a_collection_are_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            ModuleList<Linear> layers = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Sequential layers = Sequential(Linear(2, 2));
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            List<int> sizes = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Tensor[] seen = [];
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            static List<Linear> shared = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            List<Linear> layers = new();
            public Net() : base("net") { layers.Add(Linear(2, 2)); register_module("0", layers[0]); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            List<Module<Tensor, Tensor>> layers = new();
            Sequential all;
            public Net() : base("net") { layers.Add(Linear(2, 2)); all = Sequential(layers); RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear[] layers = [Linear(2, 2)];
            ModuleList<Linear> all;
            public Net() : base("net") { all = new ModuleList<Linear>(layers); RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Dictionary<Linear, int> order = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Func<Linear> make = () => Linear(2, 2);
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Zoo { List<Linear> layers = new(); }
        """)]
    public Task Other_collections_are_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            List<Linear> [|layers|] = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """, """
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            ModuleList<Linear> layers = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            readonly List<Linear> [|layers|] = [];
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """, """
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            readonly ModuleList<Linear> layers = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            List<Linear> [|layers|] = new List<Linear>();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """, """
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            ModuleList<Linear> layers = new();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    public Task The_fix_makes_it_a_ModuleList(string source, string expected) => Fix.FixesAsync(source, expected);

    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            List<Linear> [|layers|] = [Linear(2, 2)];
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear[] [|layers|] = [];
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    public Task No_fix_is_offered_where_none_is_safe(string source) => Fix.OffersNothingAsync(source);
}
