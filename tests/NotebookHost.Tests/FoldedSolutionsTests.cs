using NotebookHost.Notebooks;

namespace NotebookHost.Tests;

public sealed class FoldedSolutionsTests
{
    private const string Folded = "<details>\n<summary>Solution 1</summary>\n\nTwo.\n\n```csharp\nvar two = 1 + 1;\ntwo\n```\n\n```text\n2\n```\n\n</details>";

    [Fact]
    public void The_code_of_a_solution_becomes_the_cell_behind_it()
    {
        var document = NotebookDocument.Create(
            NotebookCell.Markdown("text"), NotebookCell.Markdown(Folded, "solution"), NotebookCell.Code("var last = 1;"));

        var unfolded = Assert.Single(FoldedSolutions.Unfold(document));

        Assert.Equal("var two = 1 + 1;\ntwo", unfolded.Code.Source);
        Assert.Equal(["text", Folded, "var two = 1 + 1;\ntwo", "var last = 1;"], document.Cells.Select(cell => cell.Source));
        Assert.Same(document.Cells[1], unfolded.Solution);
    }

    [Fact]
    public void A_solution_without_code_stays_text()
    {
        var document = NotebookDocument.Create(NotebookCell.Markdown("<details>\n<summary>Solution 1</summary>\n\nBecause.\n\n</details>", "solution"));

        Assert.Empty(FoldedSolutions.Unfold(document));
        Assert.Single(document.Cells);
    }

    [Fact]
    public void Code_in_other_cells_of_prose_is_not_run()
    {
        var document = NotebookDocument.Create(NotebookCell.Markdown("```csharp\nEnvironment.Exit(1);\n```"));

        Assert.Empty(FoldedSolutions.Unfold(document));
    }
}
