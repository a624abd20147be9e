using TorchSharp;
using TorchSharp.Extras.Tests;
using TorchSharp.Modules;
using static TorchSharp.torch;
using SummaryWriter = TorchSharp.TensorBoard.SummaryWriter;

namespace Cells.WithAllImports;

/// <summary>Compiles the code of a notebook cell: TorchSharp's imports, and the using alias of this library's writer.</summary>
public sealed class CellTests
{
    [Fact]
    public void The_name_of_the_writer_is_unambiguous_with_all_imports_of_TorchSharp()
    {
        using var folder = new TemporaryFolder();
        using Linear layer = nn.Linear(2, 1);
        using (var writer = new SummaryWriter(folder["run"]))
            writer.add_histogram("weight", layer.weight!, 0, HistogramBinSelector.Sqrt);

        Assert.Single(Directory.GetFiles(folder["run"]));
    }
}
