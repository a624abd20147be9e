using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.EarlyRegisterComponents>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.EarlyRegisterComponents, TorchAnalyzers.Fixes.EarlyRegisterComponentsFix>;

namespace TorchAnalyzers.Tests;

public sealed class EarlyRegisterComponentsTests
{
    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear fc;
            public Net() : base("net") { [|RegisterComponents();|] fc = Linear(2, 2); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear fc;
            public Net() : base("net") { [|this.RegisterComponents();|] this.fc = Linear(2, 2); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear a, b;
            public Net() : base("net") { a = Linear(2, 2); [|RegisterComponents();|] b = Linear(2, 2); RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Parameter w;
            public Net() : base("net") { [|RegisterComponents();|] w = Parameter(ones(2)); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear Fc { get; }
            public Net() : base("net") { [|RegisterComponents();|] Fc = Linear(2, 2); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            ModuleList<Linear> layers = new();
            public Net() : base("net") { [|RegisterComponents();|] for (var i = 0; i < 2; i++) layers.Add(Linear(2, 2)); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Base : Module<Tensor, Tensor>
        {
            Linear a = Linear(2, 2);
            public Base() : base("base") { RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        class Net : Base
        {
            Linear b;
            public Net() { b = Linear(2, 2); [|RegisterComponents();|] }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Base : Module<Tensor, Tensor>
        {
            public Base() : base("base") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        class Net : Base
        {
            Linear b;
            public [|Net|]() { b = Linear(2, 2); }
        }
        """)]
    public Task A_field_that_is_set_too_late_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear fc;
            public Net() : base("net") { fc = Linear(2, 2); RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear fc = Linear(2, 2);
            public Net() : base("net") { RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear fc = Linear(2, 2);
            double rate;
            public Net() : base("net") { RegisterComponents(); rate = 0.5; }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear fc = Linear(2, 2);
            public Net() : base("net") { RegisterComponents(); nn.init.zeros_(fc.weight); fc.weight.requires_grad = false; }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            ModuleList<Linear> layers = new();
            public Net() : base("net") { layers.Add(Linear(2, 2)); RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Sequential s = Sequential();
            public Net() : base("net") { RegisterComponents(); s.append("a", Linear(2, 2)); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear fc;
            public Net() : base("net") { RegisterComponents(); fc = Linear(2, 2); register_module("fc", fc); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("net") { RegisterComponents(); var fc = Linear(2, 2); fc = Linear(3, 3); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            List<int> sizes = new();
            public Net() : base("net") { RegisterComponents(); sizes.Add(1); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Base : Module<Tensor, Tensor>
        {
            public Base() : base("base") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        class Net : Base
        {
            Linear b = Linear(2, 2);
            public Net() { }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        abstract class Base : Module<Tensor, Tensor>
        {
            protected Base() : base("base") { }
        }
        class Net : Base
        {
            Linear b;
            public Net() { b = Linear(2, 2); RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    public Task A_field_that_is_set_in_time_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear fc;

            public Net() : base("net")
            {
                [|RegisterComponents();|]
                fc = Linear(2, 2);
            }

            public override Tensor forward(Tensor x) => x;
        }
        """, """
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear fc;

            public Net() : base("net")
            {
                fc = Linear(2, 2);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => x;
        }
        """)]
    public Task The_fix_moves_the_call_to_the_end(string source, string expected) => Fix.FixesAsync(source, expected);
}
