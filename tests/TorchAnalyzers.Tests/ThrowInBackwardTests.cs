using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.ThrowInBackward>;

namespace TorchAnalyzers.Tests;

public sealed class ThrowInBackwardTests
{
    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Twice : torch.autograd.SingleTensorFunction<Twice>
        {
            public override string Name => "Twice";
            public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) => vars.Length > 0 ? (Tensor)vars[0] * 2 : throw new ArgumentException("none");
            public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor g) => [|throw new NotSupportedException()|];
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Twice : torch.autograd.SingleTensorFunction<Twice>
        {
            public override string Name => "Twice";
            public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) => vars.Length > 0 ? (Tensor)vars[0] * 2 : throw new ArgumentException("none");
            public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor g) { if (g.dim() > 1) { [|throw new ArgumentException("rows");|] } return [g * 2]; }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Twice : torch.autograd.SingleTensorFunction<Twice>
        {
            public override string Name => "Twice";
            public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) => vars.Length > 0 ? (Tensor)vars[0] * 2 : throw new ArgumentException("none");
            public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor g) => [g ?? [|throw new InvalidOperationException()|]];
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Twice : torch.autograd.SingleTensorFunction<Twice>
        {
            public override string Name => "Twice";
            public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) => vars.Length > 0 ? (Tensor)vars[0] * 2 : throw new ArgumentException("none");
            public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor g) { [|ArgumentNullException.ThrowIfNull(g)|]; return [g]; }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Twice : torch.autograd.SingleTensorFunction<Twice>
        {
            public override string Name => "Twice";
            public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) => vars.Length > 0 ? (Tensor)vars[0] * 2 : throw new ArgumentException("none");
            public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor g) { try { return [g]; } catch (InvalidOperationException) { [|throw;|] } }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Twice : torch.autograd.SingleTensorFunction<Twice>
        {
            public override string Name => "Twice";
            public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) => vars.Length > 0 ? (Tensor)vars[0] * 2 : throw new ArgumentException("none");
            public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor g) { try { [|throw new InvalidOperationException();|] } finally { g.Dispose(); } }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Twice : torch.autograd.MultiTensorFunction<Twice>
        {
            public override string Name => "Twice";
            public override List<Tensor> forward(torch.autograd.AutogradContext ctx, params object[] vars) => [(Tensor)vars[0]];
            public override List<Tensor> backward(torch.autograd.AutogradContext ctx, List<Tensor> grads) => [|throw new NotSupportedException()|];
        }
        """)]
    public Task An_exception_that_leaves_backward_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        Console.WriteLine();
        class Twice : torch.autograd.SingleTensorFunction<Twice>
        {
            public override string Name => "Twice";
            public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) => vars.Length > 0 ? (Tensor)vars[0] * 2 : throw new ArgumentException("none");
            public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor g) => [g * 2];
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Twice : torch.autograd.SingleTensorFunction<Twice>
        {
            public override string Name => "Twice";
            public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) => vars.Length > 0 ? (Tensor)vars[0] * 2 : throw new ArgumentException("none");
            public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor g) { try { throw new InvalidOperationException(); } catch (InvalidOperationException) { return [g]; } }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Twice : torch.autograd.SingleTensorFunction<Twice>
        {
            public override string Name => "Twice";
            public override Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars) => vars.Length > 0 ? (Tensor)vars[0] * 2 : throw new ArgumentException("none");
            public override List<Tensor> backward(torch.autograd.AutogradContext ctx, Tensor g) { Func<Tensor> fail = () => throw new InvalidOperationException(); Console.WriteLine(fail); return [g]; }
        }
        """)]
    [InlineData("""
        Console.WriteLine();
        class Layer { public virtual Tensor backward(Tensor g) => g; }
        class Dense : Layer { public override Tensor backward(Tensor g) => throw new NotSupportedException(); }
        """)]
    [InlineData("void backward() => throw new NotSupportedException(); backward();")]
    public Task An_exception_that_is_caught_or_elsewhere_is_not(string source) => Check.IsSilentAsync(source);
}
