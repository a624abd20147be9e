namespace NotebookHost.Tests;

[Collection(OneAtATime.Name)]
public sealed class MagicTests : SessionFixture
{
    [Fact]
    public async Task Parts_of_a_cell_in_other_languages_are_shown_in_their_turn()
    {
        var sink = await Run("var x = 1;\n#!markdown\n# Title, with a \" and /*\n#!csharp\nx + 1\n#!html\n<b>bold</b>");

        Assert.Equal(["display: # Title, with a \" and /*", "result: 2", "display: bold"], sink.Outputs);
    }

    [Fact]
    public async Task A_mermaid_part_is_a_diagram()
    {
        var bundle = (await Run("#!mermaid\ngraph TD; A-->B")).LastBundle!;

        Assert.Equal("graph TD; A-->B", bundle["text/vnd.mermaid"]);
        Assert.Equal("<pre class=\"mermaid\">graph TD; A--&gt;B</pre>", bundle["text/html"]);
    }

    [Fact]
    public async Task Javascript_runs_in_the_front_end()
    {
        Assert.Equal("<script type=\"text/javascript\">go()</script>", (await Run("#!js\ngo()")).LastBundle!["text/html"]);
    }

    [Theory]
    [InlineData("#!fsharp\nlet x = 1", "F#")]
    [InlineData("#!pwsh\nGet-Date", "PowerShell")]
    public async Task A_part_in_another_hosts_language_is_refused(string cell, string language)
    {
        Assert.StartsWith($"This host runs C# and does not support {language}.", (await Fail(cell)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_the_second_part_keep_their_numbers()
    {
        Assert.Equal(4, (await Fail("1 + 1\n#!csharp\n\nnonsense")).Line);
        Assert.Equal(3, (await Fail("1 + 1\n#!csharp\nint.Parse(\"x\")")).Line);
    }

    [Fact]
    public async Task An_unknown_magic_command_is_refused_with_the_nearest_one()
    {
        var error = await Fail("var a = 1;\n#!markdwn --now");

        Assert.Equal(["cell 1, line 2: error: Unknown magic command '#!markdwn'; did you mean #!markdown? #!lsmagic lists all"], error.Traceback);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public async Task A_directive_inside_a_string_of_a_cell_with_others_is_text()
    {
        Assert.Equal("#!markdown", await Result("#!csharp\nvar s = \"\"\"\n#!markdown\n\"\"\";\ns"));
    }

    [Fact]
    public async Task Set_and_share_declare_variables()
    {
        await Run("#!value --name text\none \"line\"");
        await Run("var y = new List<int> { 1, 2 };");
        await Run("#!set --name number --value 5\n#!set --name word --value hello\n#!set --name copy --value @csharp:y");
        await Run("#!share --from value text --as shared");

        Assert.Equal("57hello2one \"line\"", await Result("$\"{number + 7}{word}{copy.Count}{shared}\""));
        Assert.Equal("Magic", (await Fail("#!set --name x --value @fsharp:y")).Name);
    }

    [Fact]
    public async Task The_variables_are_listed_with_types_and_values()
    {
        await Run("var x = 1;\nvar words = new List<string> { \"a\" };");
        await Run("var x = 2.5;");

        Assert.Equal(["display: words\nx"], (await Run("#!who")).Outputs);
        Assert.Equal(
            ["Name   Type          Value", "words  List<string>  [ a ]", "x      double        2.5"],
            (await Run("#!whos")).LastBundle!.PlainText.Split('\n'));
    }

    [Fact]
    public async Task A_script_is_imported_and_its_errors_name_it()
    {
        Folder.Write("tools.csx", "int Twice(int n) => 2 * n;\nint Fail() =>\n    throw new Exception(\"no\");");
        await Run("#!import tools.csx");

        Assert.Equal("8", await Result("Twice(4)"));
        Assert.Contains("   at Fail in tools.csx, line 3", (await Fail("Fail()")).Traceback);
    }

    [Fact]
    public async Task A_notebook_is_imported_cell_by_cell()
    {
        NotebookHost.Notebooks.NotebookDocument.Create(
            NotebookHost.Notebooks.NotebookCell.Markdown("# no code"),
            NotebookHost.Notebooks.NotebookCell.Code("var first = 1;"),
            NotebookHost.Notebooks.NotebookCell.Code("nonsense")).Write(Folder["other.ipynb"]);

        Assert.Equal("other.ipynb cell 2, line 1: error CS0103: The name 'nonsense' does not exist in the current context",
            (await Fail("#!import other.ipynb")).Traceback[0]);
        Assert.Equal("1", await Result("first"));
    }

    [Fact]
    public async Task A_file_that_cannot_be_imported_is_refused()
    {
        Assert.StartsWith("The file missing.csx to import does not exist", (await Fail("#!import missing.csx")).Message, StringComparison.Ordinal);
        Folder.Write("self.csx", "#!import self.csx");
        Assert.Equal("self.csx imports itself", (await Fail("#!import self.csx")).Message);
    }

    [Fact]
    public async Task About_and_lsmagic_are_shown()
    {
        Assert.Contains("C# notebook host", (await Run("#!about")).Outputs[0], StringComparison.Ordinal);
        Assert.Contains("#!whos", (await Run("#!lsmagic")).Outputs[0], StringComparison.Ordinal);
        Assert.Contains("#!rerun", (await Run("#!lsmagic")).Outputs[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rerun_says_where_it_works_and_is_suggested()
    {
        Assert.StartsWith("#!rerun must be the first line of a cell in Jupyter", (await Fail("#!rerun")).Message, StringComparison.Ordinal);
        Assert.Contains("did you mean #!rerun?", (await Fail("#!rerunn")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_answer_input_is_an_error_that_says_so()
    {
        Assert.StartsWith("The notebook requests input (name), which is not available here", (await Fail("input(\"name\")")).Message, StringComparison.Ordinal);
        Assert.StartsWith("The notebook requests input", (await Fail("#!set --name x --value @input:x")).Message, StringComparison.Ordinal);
    }
}
