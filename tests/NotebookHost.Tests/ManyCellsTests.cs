namespace NotebookHost.Tests;

public sealed class ManyCellsTests : SessionFixture
{
    [Fact]
    public async Task Two_thousand_cells_cost_as_much_memory_each_as_the_first_few_hundred()
    {
        await RunCells(200);
        var atTheStart = await BytesACell(200);
        await RunCells(1400);
        var atTheEnd = await BytesACell(200);

        // what a cell leaves behind is its assembly and what the compiler knows of it, however many there were before
        Assert.True(atTheEnd < 1.5 * atTheStart, $"{atTheStart:N0} bytes a cell after 200 cells, {atTheEnd:N0} after 1,800");
        Assert.InRange(atTheEnd, 0, 300_000);
    }

    private async Task<long> BytesACell(int cells)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RunCells(cells);
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / cells;
    }

    private async Task RunCells(int count)
    {
        for (var cell = 0; cell < count; cell++)
            await Run($"var x{cell} = {cell}; x{cell} + 1");
    }
}
