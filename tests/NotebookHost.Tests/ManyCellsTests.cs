using NotebookHost.Sessions;

namespace NotebookHost.Tests;

public class ManyCellsTests
{
    private const int Cells = 2000;
    private const int Sampled = 200;

    // measured: some 20 KB a cell, the compiler's own knowledge of what the cell declared and the cell's assembly
    private const long MostBytesPerCell = 100 * 1024;

    [Fact]
    public async Task Two_thousand_cells_keep_no_more_than_what_they_declared()
    {
        using var session = new CSharpSession();
        for (var i = 0; i < Sampled; i++)
            await Run(session, i);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = Sampled; i < Cells; i++)
            await Run(session, i);

        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / (Cells - Sampled), 0, MostBytesPerCell);
    }

    // each cell leaves a megabyte to the collector, and one number to the session
    private static async Task Run(CSharpSession session, int number)
    {
        var sink = new RecordingSink();
        var outcome = await session.RunAsync($"var number{number} = new byte[1 << 20].Length + {number};\nnumber{number}", sink);
        Assert.Equal(CellStatus.Succeeded, outcome.Status);
    }
}
