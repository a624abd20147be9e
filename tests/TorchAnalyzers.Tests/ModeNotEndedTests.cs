using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.ModeNotEnded>;
using Fix = TorchAnalyzers.Tests.VerifyFix<TorchAnalyzers.Rules.ModeNotEnded, TorchAnalyzers.Fixes.ModeNotEndedFix>;

namespace TorchAnalyzers.Tests;

public sealed class ModeNotEndedTests
{
    [Theory]
    [InlineData("[|torch.no_grad()|];")]
    [InlineData("[|no_grad()|]; Console.WriteLine(1);")]
    [InlineData("[|torch.inference_mode(true)|];")]
    [InlineData("[|TorchSharp.torch.enable_grad(enabled: false)|];")]
    [InlineData("_ = [|torch.no_grad()|];")]
    [InlineData("if (is_grad_enabled()) [|no_grad()|];")]
    [InlineData("void Measure() { [|no_grad()|]; rand(2); }")]
    [InlineData("async System.Threading.Tasks.Task Measure() { [|no_grad()|]; await System.Threading.Tasks.Task.Yield(); }")]
    [InlineData("Action measure = () => { [|no_grad()|]; };")]
    [InlineData("void Measure() { var mode = [|no_grad()|]; rand(2); }")]
    [InlineData("Console.WriteLine(); class Net { void Measure() { IDisposable mode = [|inference_mode()|]; } }")]
    [InlineData("""
        Console.WriteLine();
        class Net<T>(int n) { public int N = n; public Net<T> Freeze() { switch (N) { case 1: [|torch.no_grad()|]; break; } return this; } }
        """)]
    public Task A_mode_that_nothing_ends_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("using (torch.no_grad()) { rand(2); }")]
    [InlineData("using (no_grad()) using (inference_mode()) rand(2);")]
    [InlineData("void Measure() { using var untracked = torch.no_grad(); using var _ = inference_mode(); }")]
    [InlineData("var mode = torch.no_grad(); mode.Dispose();")]
    [InlineData("IDisposable Mode() => torch.no_grad();")]
    [InlineData("IDisposable Mode() { var mode = torch.no_grad(); return mode; }")]
    [InlineData("void Measure() { var mode = no_grad(); try { rand(2); } finally { mode.Dispose(); } }")]
    [InlineData("torch.no_grad().Dispose();")]
    [InlineData("Func<IDisposable> mode = () => torch.no_grad();")]
    [InlineData("torch.set_grad_enabled(false);")]
    [InlineData("void no_grad() { } no_grad();")]
    public Task A_mode_that_ends_or_is_kept_is_not(string source) => Check.IsSilentAsync(source);

    [Theory]
    [InlineData("[|torch.no_grad()|]; rand(2);", "using var noGrad = torch.no_grad(); rand(2);")]
    [InlineData("void Measure() { _ = [|inference_mode(true)|]; } Measure();", "void Measure() { using var inferenceMode = inference_mode(true); } Measure();")]
    [InlineData("var noGrad = 1; [|no_grad()|]; Console.WriteLine(noGrad);", "var noGrad = 1; using var noGrad2 = no_grad(); Console.WriteLine(noGrad);")]
    [InlineData("void Measure() { var mode = [|no_grad()|]; rand(2); }", "void Measure() { using var mode = no_grad(); rand(2); }")]
    [InlineData("[|no_grad()|]; [|no_grad()|];", "using var noGrad = no_grad(); using var noGrad2 = no_grad();")]
    public Task The_fix_ends_it_with_its_block(string source, string expected) => Fix.FixesAsync(source, expected);

    [Theory]
    [InlineData("if (is_grad_enabled()) [|no_grad()|];")]
    public Task No_fix_is_offered_where_none_is_safe(string source) => Fix.OffersNothingAsync(source);
}
