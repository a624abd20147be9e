using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.AddModuleToSequential>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.AddModuleToSequential, TorchAnalyzers.Fixes.AddModuleToSequentialFix>;

namespace TorchAnalyzers.Tests;

public sealed class AddModuleToSequentialTests
{
    [Theory]
    [InlineData("var s = Sequential(); s.[|add_module|](\"a\", ReLU());")]
    [InlineData("var s = Sequential((\"a\", ReLU())); s.[|register_module|](\"b\", ReLU());")]
    [InlineData("void Build(Sequential s) => s.[|add_module|](\"a\", ReLU());")]
    public Task A_module_that_is_added_and_never_run_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("var s = Sequential(); s.append(\"a\", ReLU());")]
    [InlineData("""
        Console.WriteLine();
        class Net : Module<Tensor, Tensor>
        {
            public Net() : base("n") { add_module("a", ReLU()); register_module("b", ReLU()); }
            public override Tensor forward(Tensor x) => x;
        }
        """)]
    [InlineData("var l = Linear(2, 2); l.add_module(\"a\", ReLU());")]
    [InlineData("Module m = ReLU(); m.add_module(\"a\", ReLU());")]
    public Task Other_ways_to_add_are_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("var s = Sequential(); s.[|add_module|](\"a\", ReLU());", "var s = Sequential(); s.append(\"a\", ReLU());")]
    public Task The_fix_writes_append(string source, string expected) => Fix.FixesAsync(source, expected);
}
