using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.ForwardInsteadOfCall>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.ForwardInsteadOfCall, TorchAnalyzers.Fixes.ForwardInsteadOfCallFix>;

namespace TorchAnalyzers.Tests;

public sealed class ForwardInsteadOfCallTests
{
    [Theory]
    [InlineData("var l = Linear(2, 2); l.[|forward|](rand(1, 2));")]
    [InlineData("Linear(2, 2).[|forward|](rand(1, 2));")]
    [InlineData("Module<Tensor, Tensor> m = ReLU(); var y = m.[|forward|](rand(1));")]
    [InlineData("var loss = MSELoss(); loss.[|forward|](rand(1), rand(1));")]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            Linear fc = Linear(2, 2);
            public Net() : base("n") => RegisterComponents();
            Tensor Twice(Tensor x) => fc.[|forward|](fc.[|forward|](x));
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    public Task A_call_of_forward_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("Linear(2, 2).call(rand(1, 2));")]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            Tensor Twice(Tensor x) => forward(forward(x));
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            Tensor Twice(Tensor x) => this.forward(x);
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Base : Module<Tensor, Tensor>
        {
            public Base() : base("b") { }
            public override Tensor forward(Tensor x) => x;
        }
        class Net : Base
        {
            public override Tensor forward(Tensor x) => base.forward(x) + 1;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        var p = new Player(); p.forward(1);
        class Player { public int forward(int steps) => steps; }
        """)]
    [InlineData("""
        Console.WriteLine();
        var n = new Net(); n.forward(rand(1), 2);
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => x;
            public Tensor forward(Tensor x, int times) => x;
        }
        """)]
    [InlineData("Func<Tensor, Tensor> f = Linear(2, 2).forward;")]
    public Task A_forward_of_ones_own_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("var l = Linear(2, 2); l.[|forward|](rand(1, 2));", "var l = Linear(2, 2); l.call(rand(1, 2));")]
    public Task The_fix_writes_call(string source, string expected) => Fix.FixesAsync(source, expected);
}
