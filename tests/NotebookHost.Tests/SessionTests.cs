using NotebookHost.Kernels;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

[Collection(OneAtATime.Name)]
public sealed class SessionTests : SessionFixture
{
    [Fact]
    public async Task A_trailing_expression_becomes_the_result()
    {
        Assert.Equal("3", await Result("var x = 1;\nx + 2"));
    }

    [Fact]
    public async Task A_statement_has_no_result()
    {
        Assert.Empty((await Run("var x = 1;")).Outputs);
    }

    [Fact]
    public async Task A_call_that_returns_nothing_has_no_result()
    {
        Assert.Equal(["out: hi\n"], (await Run("Console.WriteLine(\"hi\")")).Outputs);
    }

    [Fact]
    public async Task A_trailing_null_is_a_result()
    {
        Assert.Equal("<null>", await Result("(string)null"));
    }

    [Fact]
    public async Task A_returned_value_is_the_result()
    {
        Assert.Equal("5", await Result("return 5;"));
    }

    [Fact]
    public async Task A_trailing_display_is_shown_once()
    {
        Assert.Equal(["display: a"], (await Run("display(\"a\")")).Outputs);
    }

    [Fact]
    public async Task Later_cells_see_variables_functions_and_types()
    {
        await Run("var x = 20;");
        await Run("int Twice(int n) => 2 * n;\nrecord Point(int X);");
        await Run("static int Next(this int n) => n + 1;");

        Assert.Equal("43", await Result("Twice(new Point(x + 1).X).Next()"));
    }

    [Fact]
    public async Task A_variable_may_be_declared_again_with_another_type()
    {
        await Run("var x = 1;");
        await Run("var x = \"text\";");

        Assert.Equal("4", await Result("x.Length"));
    }

    [Fact]
    public async Task Usings_of_a_cell_hold_for_later_cells()
    {
        await Run("using System.IO;");

        Assert.Equal("b.txt", await Result("Path.GetFileName(\"/a/b.txt\")"));
    }

    [Fact]
    public async Task System_IO_is_not_imported_by_default()
    {
        Assert.Equal("CS0103", (await Fail("Path.GetFileName(\"a\")")).Name);
    }

    [Fact]
    public async Task Cells_may_await_and_enumerate_asynchronously()
    {
        var sink = await Run("""
            async IAsyncEnumerable<int> Count() { yield return 1; await Task.Yield(); yield return 2; }
            await foreach (var i in Count()) Console.Write(i);
            await Task.FromResult("done")
            """);

        Assert.Equal(["out: 12", "result: done"], sink.Outputs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("var first = 1;")]
    public async Task What_a_cell_assigned_before_it_threw_stays(string firstCell)
    {
        await Run(firstCell);
        await Fail("var before = 7;\nint.Parse(\"x\");\nvar after = 8;");

        Assert.Equal("7", await Result("before"));
        Assert.Equal("0", await Result("after"));
    }

    [Fact]
    public async Task What_the_very_first_cell_assigned_before_it_threw_stays()
    {
        await Fail("var before = 7;\nthrow new Exception();");

        Assert.Equal("7", await Result("before"));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_leaves_no_trace()
    {
        await Run("var x = 1;");
        await Fail("var x = 2; nonsense");

        Assert.Equal("1", await Result("x"));
    }

    [Fact]
    public async Task Cells_run_in_the_sessions_folder_and_stay_where_they_went()
    {
        var outside = Directory.GetCurrentDirectory();
        Directory.CreateDirectory(Folder["inner"]);

        Assert.Equal(Folder.Path, await Result("System.IO.Directory.GetCurrentDirectory()"));
        await Run("System.IO.Directory.SetCurrentDirectory(\"inner\");");
        Assert.Equal(Folder["inner"], await Result("System.IO.Directory.GetCurrentDirectory()"));
        Assert.Equal(outside, Directory.GetCurrentDirectory());
    }

    [Fact]
    public async Task Every_cell_starts_on_the_same_thread()
    {
        await Run("[ThreadStatic] static int kept;\nkept = 5;");
        await Run("await Task.Delay(1);");

        Assert.Equal("5", await Result("kept"));
    }

    [Fact]
    public async Task Waiting_for_a_task_of_the_cell_does_not_deadlock()
    {
        Assert.Equal("3", await Result("async Task<int> Slow() { await Task.Delay(1); return 3; }\nSlow().Result"));
    }

    [Fact]
    public async Task Load_runs_a_script_beside_the_notebook()
    {
        Folder.Write("tools.csx", "int Twice(int n) => 2 * n;");

        Assert.Equal("8", await Result("#load \"tools.csx\"\nTwice(4)"));
    }

    [Theory]
    [InlineData("Console.ReadLine()")]
    [InlineData("Console.Read()")]
    [InlineData("Console.In.ReadToEnd()")]
    [InlineData("Console.OpenStandardInput().ReadByte()")]
    [InlineData("class C { public static int Read() => System.Console.OpenStandardInput(16).ReadByte(); }\nC.Read()")]
    [InlineData("await GetInputAsync()")]
    public async Task Input_is_refused_where_nobody_can_answer(string code)
    {
        Assert.Equal(
            "The notebook requests input, which is not available here; run it in Jupyter, or use a parameter instead",
            (await Fail(code)).Message);
    }

    [Fact]
    public async Task Csharp_and_time_directives_are_understood()
    {
        var sink = await Run("#!csharp\n#!time\n1 + 1");

        Assert.Equal("result: 2", sink.Outputs[0]);
        Assert.Matches(@"^display: Wall time: [\d.]+ms$", sink.Outputs[1]);
    }

    [Fact]
    public async Task A_directive_inside_a_string_is_text()
    {
        Assert.Equal("#!frob", await Result("var s = \"\"\"\n#!frob\n\"\"\";\ns"));
    }

    [Fact]
    public void A_session_in_a_missing_folder_is_refused()
    {
        Assert.Throws<DirectoryNotFoundException>(() => new CSharpSession(new SessionOptions { WorkingDirectory = Folder["missing"] }));
    }

    [Fact]
    public async Task Actions_for_the_end_of_a_cell_run_also_when_it_throws()
    {
        await Run("using Microsoft.DotNet.Interactive;\nvar done = 0;");
        await Run("KernelInvocationContext.Current.OnComplete(_ => done++);");
        await Fail("KernelInvocationContext.Current.OnComplete(_ => done++);\nthrow new Exception();");

        Assert.Equal("2", await Result("done"));
    }
}
