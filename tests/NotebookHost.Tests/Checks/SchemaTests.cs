using NotebookHost.Checks;

namespace NotebookHost.Tests.Checks;

public sealed class SchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"cell_type": "heading"}""", "cells[0]: 'cell_type' is 'heading'; valid types: code, markdown, raw")]
    [InlineData("1", "cells[0]: is not an object")]
    [InlineData("""{"cell_type": "raw", "id": "a b", "metadata": {}, "source": ""}""", "cells[0]: its id 'a b' does not consist of 1 to 64 characters from a-z A-Z 0-9 - _")]
    [InlineData("""{"cell_type": "raw", "metadata": {}, "source": ""}""", "cells[0]: has no string 'id', which nbformat 4.5 requires; nb check --fix adds one")]
    [InlineData("""{"cell_type": "raw", "id": "a", "metadata": {}, "source": 5}""", "cells[0] (a): 'source' is neither a string nor a list of strings")]
    [InlineData("""{"cell_type": "raw", "id": "a", "metadata": [], "source": ""}""", "cells[0] (a): 'metadata' is not an object")]
    [InlineData("""{"cell_type": "raw", "id": "a", "metadata": {}, "source": "", "outputs": []}""", "cells[0] (a): 'outputs' is not defined here in nbformat 4; remove it or move it to 'metadata'")]
    [InlineData("""{"cell_type": "raw", "id": "a", "metadata": {"tags": "x"}, "source": ""}""", "cells[0] (a): 'metadata.tags' is not a list of strings")]
    [InlineData("""{"cell_type": "raw", "id": "a", "metadata": {"tags": ["x", "x"]}, "source": ""}""", "cells[0] (a): has the tag 'x' 2 times")]
    [InlineData("""{"cell_type": "raw", "id": "a", "metadata": {"tags": ["x,y"]}, "source": ""}""", "cells[0] (a): the tag 'x,y' is empty or contains a comma")]
    [InlineData("""{"cell_type": "raw", "id": "a", "metadata": {"collapsed": 1, "scrolled": "auto", "name": "n"}, "source": ""}""", "cells[0] (a): 'metadata.collapsed' is neither true nor false")]
    [InlineData("""{"cell_type": "markdown", "id": "a", "metadata": {"name": ""}, "source": ""}""", "cells[0] (a): 'metadata.name' is not a nonempty string")]
    [InlineData("""{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "", "attachments": {"i": {"image/png": 1}}}""", "cells[0] (a): the attachment 'i' contains image/png that is neither a string nor a list of strings")]
    [InlineData("""{"cell_type": "code", "id": "a", "metadata": {}, "source": "", "outputs": []}""", "cells[0] (a): 'execution_count' is missing; it must be a number or null")]
    [InlineData("""{"cell_type": "code", "id": "a", "metadata": {}, "source": "", "execution_count": "1", "outputs": []}""", "cells[0] (a): 'execution_count' is '1'; it must be a number or null")]
    [InlineData("""{"cell_type": "code", "id": "a", "metadata": {}, "source": "", "execution_count": 1, "outputs": {}}""", "cells[0] (a): 'outputs' is not a list")]
    public void A_malformed_cell_is_a_problem_in_words(string cell, string problem) => Assert.Contains(problem, Check(cell));

    [Theory]
    [InlineData("""{"output_type": "pyout"}""", "'output_type' is 'pyout'; valid types: execute_result, display_data, stream, error")]
    [InlineData("""{"output_type": "stream", "text": 1}""", "'stream' has no string 'name'")]
    [InlineData("""{"output_type": "stream", "name": "stdout", "text": 1}""", "'text' is neither a string nor a list of strings")]
    [InlineData("""{"output_type": "error", "ename": "E", "evalue": "v", "traceback": "t"}""", "'traceback' is not a list of strings")]
    [InlineData("""{"output_type": "display_data", "data": {"text/plain": {}}, "metadata": {}}""", "'data' contains text/plain that is neither a string nor a list of strings")]
    [InlineData("""{"output_type": "display_data", "data": {}}""", "'metadata' is not an object")]
    [InlineData("""{"output_type": "display_data", "data": {}, "metadata": {}, "execution_count": 1}""", "'execution_count' is not defined here in nbformat 4; remove it or move it to 'metadata'")]
    [InlineData("""{"output_type": "execute_result", "data": {"application/json": [1]}, "metadata": {}}""", "'execution_count' is missing; it must be a number or null")]
    public void A_malformed_output_is_a_problem_in_words(string output, string problem)
    {
        var cell = $$"""{"cell_type": "code", "id": "a", "metadata": {}, "source": "", "execution_count": 1, "outputs": [{{output}}]}""";

        Assert.Contains($"cells[0] (a), output 1: {problem}", Check(cell));
    }

    [Fact]
    public void All_problems_are_listed_at_once()
    {
        var path = _folder.Write("n.ipynb", """
            {"nbformat": 3, "cells": [{"cell_type": "x"}, 1], "metadata": {"kernelspec": {"name": 1}, "orig_nbformat": 4}, "worksheets": []}
            """);

        Assert.Equal(
            [
                "'nbformat' is 3, not 4; convert it with: jupyter nbconvert --to notebook",
                "'nbformat_minor' is missing, not a number such as 5",
                "'worksheets' is not defined here in nbformat 4; remove it or move it to 'metadata'",
                "'metadata.kernelspec' has no string 'name'",
                "'metadata.kernelspec' has no string 'display_name'",
                "'metadata.orig_nbformat' is not valid in a file; remove it",
                "cells[0]: 'cell_type' is 'x'; valid types: code, markdown, raw",
                "cells[0]: 'source' is neither a string nor a list of strings",
                "cells[0]: 'metadata' is not an object",
                "cells[1]: is not an object",
            ],
            new NotebookChecker().Check(path).Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void An_id_used_twice_is_a_problem()
    {
        const string Cell = """{"cell_type": "raw", "id": "a", "metadata": {}, "source": ""}""";

        Assert.Contains("cells[1]: has the same id as cells[0]: 'a'; nb check --fix replaces it", Check($"{Cell}, {Cell}"));
    }

    private IEnumerable<string> Check(string cells)
    {
        var path = _folder.Write("n.ipynb", $$"""{"cells": [{{cells}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""");
        return new NotebookChecker().Check(path).Problems.Select(problem => problem.ToString());
    }
}
