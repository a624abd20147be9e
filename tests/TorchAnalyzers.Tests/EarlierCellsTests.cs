using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TorchAnalyzers.Rules;

namespace TorchAnalyzers.Tests;

/// <summary>Rules follow variables to the cells before the one that they look at.</summary>
public sealed class EarlierCellsTests
{
    [Theory]
    [InlineData("TN1026", "var a = rand(2, 3);", "a.matmul(rand(4, 5));")]
    [InlineData("TN1026", "var fc = Linear(784, 128);", "Console.WriteLine(1);", "var y = fc.call(rand(1, 28));")]
    [InlineData("TN1026", "var a = rand(2, 3);", "var b = a.relu();", "Tensor Product() => b.matmul(b);")]
    [InlineData("TN1025", "var t = rand(2, 3);", "t.cummax(2);")]
    [InlineData("TN1025", "torch.set_num_interop_threads(1);", "torch.set_num_interop_threads(1);")]
    [InlineData("TN1013", "var hits = rand(2, 3).argmax(1);", "hits.sum().item<int>()")]
    [InlineData("TN1015", "var labels = tensor(new[] { 0, 1 });", "var scores = rand(2, 3);", "F.cross_entropy(scores, labels);")]
    [InlineData("TN1016", "var p = rand(2, 3).softmax(1);", "F.cross_entropy(p, randint(0, 3, [2]));")]
    [InlineData("TN1016", "var net = Sequential(Linear(2, 3), Softmax(1));", "var p = net.call(rand(2, 2));", "F.cross_entropy(p, randint(0, 3, [2]));")]
    [InlineData("TN1027", "var norm = BatchNorm1d(3);", "norm.call(rand(1, 3));")]
    public async Task A_mistake_with_variables_of_earlier_cells_is_found(string id, params string[] cells) => Assert.Equal([id], await Found(cells));

    [Theory]
    [InlineData("var a = rand(2, 3);", "a = rand(5, 4);", "a.matmul(rand(4, 5));")]
    [InlineData("var a = rand(2, 3);", "a.transpose_(0, 1);", "a.matmul(rand(2, 5));")]
    [InlineData("var a = rand(2, 3);", "var a = rand(5, 4);", "a.matmul(rand(4, 5));")]
    [InlineData("var a = rand(2, 3);", "void Change() { a = rand(5, 4); }", "Change(); a.matmul(rand(4, 5));")]
    [InlineData("var norm = BatchNorm1d(3);", "norm.eval();", "norm.call(rand(1, 3));")]
    [InlineData("var x = rand(2);", "x.requires_grad = true;", "torch.autograd.grad([x.sum()], [x]);")]
    [InlineData("var p = rand(2, 3).softmax(1);", "p = p.log();", "F.nll_loss(p, randint(0, 3, [2]));")]
    public async Task A_variable_that_changes_in_between_is_not_followed(params string[] cells) => Assert.Empty(await Found(cells));

    // what all rules find in the last cell
    private static async Task<IEnumerable<string>> Found(string[] cells)
    {
        CSharpCompilation? last = null;
        foreach (var cell in cells)
        {
            var tree = CSharpSyntaxTree.ParseText(Verify<ShapesDoNotFit>.WithUsings(cell), (CSharpParseOptions)Settings.Parse(SourceCodeKind.Script));
            last = CSharpCompilation.CreateScriptCompilation(
                $"cell{last?.GetHashCode() ?? 0}", tree, Settings.References, (CSharpCompilationOptions)Settings.Compile(SourceCodeKind.Script), last, typeof(object));
            Assert.DoesNotContain(last.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }
        return (await last!.WithAnalyzers(Settings.Rules).GetAnalyzerDiagnosticsAsync()).Select(diagnostic => diagnostic.Id);
    }
}
