using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.MissingRegisterComponents>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.MissingRegisterComponents, TorchAnalyzers.Fixes.MissingRegisterComponentsFix>;

namespace TorchAnalyzers.Tests;

public sealed class MissingRegisterComponentsTests
{
    private const string Forward = "public override Tensor forward(Tensor x) => x;";

    [Theory]
    [InlineData("class Net : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public [|Net|]() : base(\"net\") { } " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { Linear fc; public [|Net|]() : base(\"net\") { fc = Linear(2, 2); } " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { Linear fc { get; } = Linear(2, 2); public [|Net|]() : base(\"net\") { } " + Forward + " }")]
    [InlineData("class [|Net|](string name) : Module<Tensor, Tensor>(name) { Linear fc = Linear(2, 2); " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { Parameter w = Parameter(ones(2)); public [|Net|]() : base(\"net\") { } " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { Module<Tensor, Tensor> inner; public [|Net|](Module<Tensor, Tensor> m) : base(\"net\") => inner = m; " + Forward + " }")]
    [InlineData("class Net : nn.Module<Tensor, Tensor, Tensor> { Sequential s = Sequential(ReLU()); public [|Net|]() : base(\"n\") { } public override Tensor forward(Tensor a, Tensor b) => a; }")]
    [InlineData("class Net : Module { Linear fc = Linear(2, 2); public [|Net|]() : base(\"net\") { } }")]
    [InlineData("""
        abstract class Base : Module<Tensor, Tensor> { protected Base() : base("base") { } }
        class Net : Base { Linear fc = Linear(2, 2); public [|Net|]() { } public override Tensor forward(Tensor x) => x; }
        """)]
    [InlineData("""
        class Net : Module<Tensor, Tensor>
        {
            Linear fc;
            public Net() : base("net") { fc = Linear(2, 2); RegisterComponents(); }
            public [|Net|](int width) : base("net") { fc = Linear(width, 2); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        class Part : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public [|Part|]() : base("part") { } public override Tensor forward(Tensor x) => x; }
        class Net : Module<Tensor, Tensor>
        {
            readonly Part a = new Part();
            readonly Sequential b = Sequential(new Part(), ReLU());
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        var part = new Part();
        class Part : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public [|Part|]() : base("part") { } public override Tensor forward(Tensor x) => x; }
        class Net : Module<Tensor, Tensor>
        {
            readonly Part a = new Part();
            public Net() : base("net") => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    public Task A_module_that_registers_nothing_is_found(string source) => Check.FindsAsync(Run(source));

    [Theory]
    [InlineData("class Net : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public Net() : base(\"net\") { RegisterComponents(); } " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public Net() : base(\"net\") => RegisterComponents(); " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public Net() : base(\"net\") { this.RegisterComponents(); } " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public Net() : base(\"net\") { register_module(\"fc\", fc); } " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public Net() : base(\"net\") { Build(); } void Build() => RegisterComponents(); " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public Net() : this(\"net\") { } Net(string n) : base(n) => RegisterComponents(); " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { public Net() : base(\"net\") { } " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { double rate = 0.5; Tensor last; public Net() : base(\"net\") { } " + Forward + " }")]
    [InlineData("class Net : Module<Tensor, Tensor> { static Linear shared = Linear(2, 2); public Net() : base(\"net\") { } " + Forward + " }")]
    [InlineData("abstract class Net : Module<Tensor, Tensor> { protected Linear fc = Linear(2, 2); protected Net() : base(\"net\") { } }")]
    [InlineData("class Net { Linear fc = Linear(2, 2); }")]
    [InlineData("""
        class Base : Module<Tensor, Tensor> { protected Base(string n) : base(n) => RegisterComponents(); public override Tensor forward(Tensor x) => x; }
        class Net : Base { Linear fc = Linear(2, 2); public Net() : base("net") { } }
        """)]
    [InlineData("""
        partial class Net : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public override Tensor forward(Tensor x) => x; }
        partial class Net { public Net() : base("net") => RegisterComponents(); }
        """)]
    [InlineData("""
        class Net : Module<Tensor, Tensor>
        {
            Linear fc;
            public Net() : base("net") { fc = Linear(2, 2); Finish(); }
            public Net(int width) : base("net") { fc = Linear(width, 2); Finish(); }
            void Finish() => RegisterComponents();
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        var net = new Net();
        class Part : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public Part() : base("part") { } public override Tensor forward(Tensor x) => x; }
        class Net : Module<Tensor, Tensor>
        {
            readonly Part a = new Part();
            readonly Part b;
            public Net() : base("net") { b = new Part(); RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        var net = new Net();
        class Inner : Module<Tensor, Tensor> { Linear fc = Linear(2, 2); public Inner() : base("inner") { } public override Tensor forward(Tensor x) => x; }
        class Part : Module<Tensor, Tensor> { Inner inner = new(); public Part() : base("part") { } public override Tensor forward(Tensor x) => x; }
        class Net : Module<Tensor, Tensor>
        {
            readonly ModuleList<Part> parts = new();
            public Net() : base("net") { parts.Add(new Part()); RegisterComponents(); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    public Task A_module_that_registers_or_has_nothing_is_not(string source) => Check.IsSilentAsync(Run(source));

    [Fact]
    public Task The_fix_adds_the_call_at_the_end() => Fix.FixesAsync(
        """
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public [|Net|]() : base("net")
            {
                fc = Linear(2, 2);
            }

            public override Tensor forward(Tensor x) => fc.call(x);
        }
        """,
        """
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc;

            public Net() : base("net")
            {
                fc = Linear(2, 2);
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => fc.call(x);
        }
        """);

    [Fact]
    public Task The_fix_makes_a_block_of_an_expression() => Fix.FixesAsync(
        """
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> inner;

            public [|Net|](Module<Tensor, Tensor> inner) : base("net") => this.inner = inner;

            public override Tensor forward(Tensor x) => inner.call(x);
        }
        """,
        """
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> inner;

            public Net(Module<Tensor, Tensor> inner) : base("net")
            {
                this.inner = inner;
                RegisterComponents();
            }

            public override Tensor forward(Tensor x) => inner.call(x);
        }
        """);

    [Fact]
    public Task No_fix_is_offered_where_the_constructor_may_return_early() => Fix.OffersNothingAsync("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            private readonly Linear fc = Linear(2, 2);
            public [|Net|](bool skip) : base("net") { if (skip) return; fc.eval(); }
            public override Tensor forward(Tensor x) => fc.call(x);
        }
        """);

    // a program needs a statement before its classes
    private static string Run(string classes) => $"Console.WriteLine();\n{classes}";
}
