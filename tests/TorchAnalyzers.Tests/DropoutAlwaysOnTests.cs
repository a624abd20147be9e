using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.DropoutAlwaysOn>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.DropoutAlwaysOn, TorchAnalyzers.Fixes.DropoutAlwaysOnFix>;

namespace TorchAnalyzers.Tests;

public sealed class DropoutAlwaysOnTests
{
    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.[|dropout|](x);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => nn.functional.[|dropout|](x, 0.1);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.[|dropout2d|](x, inplace: false, p: 0.2);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.[|alpha_dropout|](x, 0.1);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => TorchSharp.torch.nn.functional.[|dropout1d|](x);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) { Tensor Drop(Tensor y) => F.[|dropout3d|](y); return Drop(x); }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) { Func<Tensor, Tensor> drop = y => F.[|dropout|](y); return drop(x); }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        abstract class Part<T>(string name) : Module<Tensor, Tensor>(name)
        {
            protected Tensor Dropped(Tensor x) => F.[|feature_alpha_dropout|](x);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        partial class Net : Module<Tensor, Tensor> { public Net() : base("n") { } }
        partial class Net { public override Tensor forward(Tensor x) { return F.[|dropout|](x); } }
        """)]
    public Task Dropout_that_ignores_the_mode_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.dropout(x, training: training);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.dropout(x, 0.5, training);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.dropout(x, 0.5, true);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.alpha_dropout(x, training: false);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => Dropout(0.5).call(x);
        }
        """)]
    [InlineData("F.dropout(rand(2));")]
    [InlineData("Tensor Drop(Tensor x) => F.dropout(x);")]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public static Tensor Noise(Tensor x) => F.dropout(x);
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net { public Tensor forward(Tensor x) => F.dropout(x); }
        """)]
    public Task Dropout_that_says_its_mode_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.[|dropout|](x);
        }
        """, """
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.dropout(x, training: training);
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.[|dropout|](F.[|dropout|](x, 0.1), p: 0.2);
        }
        """, """
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { }
            public override Tensor forward(Tensor x) => F.dropout(F.dropout(x, 0.1, training: training), p: 0.2, training: training);
        }
        """)]
    public Task The_fix_passes_the_modules_mode(string source, string expected) => Fix.FixesAsync(source, expected);
}
