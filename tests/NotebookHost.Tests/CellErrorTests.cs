namespace NotebookHost.Tests;

[Collection(OneAtATime.Name)]
public sealed class CellErrorTests : SessionFixture
{
    [Fact]
    public async Task A_compile_error_shows_line_code_and_caret()
    {
        var error = await Fail("var a = 1;\nvar b =\n\t  missing + a;");

        Assert.Equal("CS0103", error.Name);
        Assert.Equal("The name 'missing' does not exist in the current context", error.Message);
        Assert.Equal(3, error.Line);
        Assert.Equal(
            [
                "cell 1, line 3: error CS0103: The name 'missing' does not exist in the current context",
                "    missing + a;",
                "    ^",
            ],
            error.Traceback);
    }

    [Theory]
    [InlineData("class E : Exception { public override string Message => throw new FormatException(); }\nthrow new E();", "E: (Message: FormatException)")]
    [InlineData("class E : Exception { public override string Message => null; }\nthrow new E();", "E: ")]
    [InlineData("class E : Exception { public override string StackTrace => throw new FormatException(); public override string ToString() => throw new FormatException(); }\nthrow new E();", "E: Exception of type 'E' was thrown.")]
    [InlineData("class E<T> : Exception;\nthrow new E<int>();", "E`1[System.Int32]: Exception of type 'E`1[System.Int32]' was thrown.")]
    public async Task A_cell_that_throws_fails_whatever_its_exception_says(string cell, string said)
    {
        var error = await Fail(cell);

        Assert.Equal(said, error.Traceback[0] is var first && said.EndsWith(' ') ? first.TrimEnd() + " " : first);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public async Task The_caret_stands_under_the_place()
    {
        var error = await Fail("  int n = \"text\";");

        Assert.Equal(
            [
                "cell 1, line 1: error CS0029: Cannot implicitly convert type 'string' to 'int'",
                "    int n = \"text\";",
                "            ^",
            ],
            error.Traceback);
    }

    [Fact]
    public async Task Every_compile_error_is_listed_in_order_up_to_ten()
    {
        var error = await Fail(string.Join('\n', Enumerable.Range(1, 12).Select(i => $"missing{i}();")));

        Assert.Equal(1, error.Line);
        Assert.Equal(31, error.Traceback.Count);
        Assert.StartsWith("cell 1, line 10: error CS0103", error.Traceback[27], StringComparison.Ordinal);
        Assert.Equal("… and 2 more errors", error.Traceback[30]);
    }

    [Fact]
    public async Task A_warning_goes_to_the_error_stream_and_the_cell_runs()
    {
        var sink = await Run("Task.Run(() => 1);\n2");

        Assert.StartsWith("err: cell 1, line 1: warning CS4014: ", sink.Outputs[0], StringComparison.Ordinal);
        Assert.Equal("result: 2", sink.Outputs[1]);
    }

    [Fact]
    public async Task A_native_librarys_stack_is_left_out_of_its_message()
    {
        var error = await Fail("""
            throw new InvalidOperationException(
                "shapes do not fit: 2 and 3\nException raised from mm at /build/Blas.cpp:96 (most recent call first):\n"
                + "frame #0: c10::Error::Error(c10::SourceLocation) + 0xb0 (0x7f27 in /tmp/libc10.so)\nframe #1: [0x7f33]\n");
            """);

        Assert.Equal("shapes do not fit: 2 and 3", error.Message);
        Assert.Equal(["System.InvalidOperationException: shapes do not fit: 2 and 3", "   at cell 1, line 1"], error.Traceback);
    }

    [Fact]
    public async Task An_exception_shows_the_cells_and_lines_that_led_to_it()
    {
        await Run("""
            int Check(int n)
            {
                if (n > 2)
                    throw new InvalidOperationException("too much", new ArgumentException("inner"));
                return n;
            }
            async Task<int> Later(int n) { await Task.Delay(1); return Check(n); }
            class Network { public int Forward(string text) => int.Parse(text); }
            """);

        var error = await Fail("var n = 3;\nawait Later(n)");

        Assert.Equal("InvalidOperationException", error.Name);
        Assert.Equal("too much", error.Message);
        Assert.Equal(2, error.Line);
        Assert.Equal(
            [
                "System.InvalidOperationException: too much",
                "   at Check in cell 1, line 4",
                "   at Later in cell 1, line 7",
                "   at cell 2, line 2",
                " ---> System.ArgumentException: inner",
            ],
            error.Traceback);
    }

    [Fact]
    public async Task An_exception_from_a_library_has_the_cells_frames_only()
    {
        await Run("class Network { public int Forward(string text) => int.Parse(text); }");

        var error = await Fail("new Network().Forward(\"q\")");

        Assert.Equal(
            [
                "System.FormatException: The input string 'q' was not in a correct format.",
                "   at Network.Forward in cell 1, line 1",
                "   at cell 2, line 1",
            ],
            error.Traceback);
    }

    [Theory]
    [InlineData("int F(int n) => n == 0 ? throw new Exception(\"end\") : F(n - 1) + 1;\nF(40)", "   at F in cell 1, line 1\n   … the frame above 40 more times\n   at cell 1, line 2")]
    [InlineData("int F(int n) => n == 0 ? throw new Exception(\"end\") : G(n - 1) + 1;\nint G(int n) => F(n) + 1;\nF(40)", "   at F in cell 1, line 1\n   at G in cell 1, line 2\n   … the 2 frames above 39 more times\n   at F in cell 1, line 1\n   at cell 1, line 3")]
    public async Task Frames_that_are_repeated_are_shown_once(string cell, string trace)
        => Assert.Equal($"System.Exception: end\n{trace}", string.Join('\n', (await Fail(cell)).Traceback));

    [Theory]
    [InlineData("record A(int P1) { public A Node { get; set; } }\nvar a = new A(5); a.Node = a;\nConsole.WriteLine(a);", 1)]
    [InlineData("// a name\nvar name = input(\"name?\");", 2)]
    [InlineData("var secret = password(\"password?\");", 1)]
    public async Task The_functions_of_the_host_are_not_in_the_trace(string cell, int line)
    {
        var error = await Fail(cell);

        Assert.Equal(line, error.Line);
        Assert.Null(error.ImportedPlace);
        Assert.DoesNotContain("prelude", string.Join('\n', error.Traceback), StringComparison.Ordinal);
        Assert.InRange(error.Traceback.Count, 2, 5);
    }

    [Fact]
    public async Task Every_exception_of_an_aggregate_is_shown()
    {
        var error = await Fail("Task.WhenAll(Task.FromException(new Exception(\"one\")), Task.FromException(new Exception(\"two\"))).Wait();");

        Assert.Contains(" ---> System.Exception: one", error.Traceback);
        Assert.Contains(" ---> System.Exception: two", error.Traceback);
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public async Task A_formatter_that_throws_falls_back_to_the_next_and_says_why()
    {
        var sink = await Run("""
            class Odd { public int X => 1; }
            Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Odd>(odd => throw new InvalidOperationException("no"), "text/html");
            new Odd()
            """);

        Assert.Equal("err: The text/html formatter of Odd failed: InvalidOperationException: no\n", sink.Outputs[0]);
        Assert.Contains("X: 1", sink.ResultText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_reference_is_a_compile_error_on_its_line()
    {
        var error = await Fail("// first\n#r \"nowhere.dll\"");

        Assert.Equal("cell 1, line 2: error CS0006: The library nowhere.dll is missing; build it first.", error.Traceback[0]);
    }

    [Fact]
    public async Task A_namespace_in_a_cell_is_refused_by_the_compiler()
    {
        Assert.Equal("CS7021", (await Fail("namespace N { }")).Name);
    }
}
