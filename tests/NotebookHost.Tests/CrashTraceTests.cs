using NotebookHost.Processes;

namespace NotebookHost.Tests;

public sealed class CrashTraceTests
{
    [Theory]
    [InlineData("   at Submission#8+<<Initialize>>d__0.MoveNext() in /home/ada/cell 12:line 6\n", "   at cell 12, line 6\n")]
    [InlineData("   at Submission#8.F() in /home/ada/my notebooks/cell 12:line 4\n", "   at F() in cell 12, line 4\n")]
    [InlineData("   at Submission#3.<<Initialize>>g__Deeper|0_0(Int32) in /home/ada/cell 2:line 1\n", "   at Deeper(Int32) in cell 2, line 1\n")]
    [InlineData("   at Submission#3+<>c.<<Initialize>>b__0_1() in /home/ada/cell 2:line 5\n", "   at lambda() in cell 2, line 5\n")]
    [InlineData("   at Submission#3+Pair`2[[System.Int32, System.Private.CoreLib, Version=10.0.0.0],[System.__Canon, System.Private.CoreLib]].Walk()\n", "   at Pair.Walk()\n")]
    [InlineData("   at Submission#3+<>c__DisplayClass0_0.<Train>b__2(Int32)\n   at Submission#3+<Train>d__1.MoveNext()\n", "   at lambda(Int32)\n   at Train()\n")]
    [InlineData("   at System.Linq.Enumerable+IEnumerableSelectIterator`2[[System.__Canon]].ToList()\n   at Interop.Sys.Read(Int32)\n   at SystemTests.F()\n", "   at SystemTests.F()\n")]
    [InlineData("   at Models.Net.forward(Tensor) in /src/Net.cs:line 4\n", "   at Models.Net.forward(Tensor) in /src/Net.cs:line 4\n")]
    [InlineData("   at NotebookHost.Sessions.CellExecution.Run(Action)\nframe #1: c10::Error\nnext\n", "next\n")]
    [InlineData("   at DynamicClass.lambda_method4(Closure, Lib.Node)\n   at Microsoft.DotNet.Interactive.Formatting.HtmlTag.WriteTo(FormatContext)\nnext\n", "next\n")]
    public void Frames_of_cells_are_named_and_those_of_the_host_are_left_out(string trace, string shown)
    {
        var filter = new CrashTrace();

        Assert.Equal(shown, filter.Filter(trace) + filter.Rest());
        // a frame may come in pieces
        Assert.Equal(shown, string.Concat(trace.Chunk(5).Select(piece => filter.Filter(new string(piece)))) + filter.Rest());
    }

    [Theory]
    [InlineData("Stack overflow.\n   at System.Runtime.CompilerServices.DefaultInterpolatedStringHandler.AppendFormatted[T](T)\n   at Lib.Node.ToString()\n   at Lib.Node.ToString()\n", "Lib.Node.ToString()")]
    [InlineData("Stack overflow.\r\nRepeated 838751 times:\r\n---\r\n   at Lib.Pair`1[[System.Int32, System.Private.CoreLib, Version=10.0.0.0]].ToString()\r\n---\r\n", "Lib.Pair.ToString()")]
    [InlineData("Stack overflow.\nRepeated 2096883 times:\n---\n   at Submission#4.F(Int32)\n---\n", "F(Int32)")]
    [InlineData("Stack overflow.\nRepeated 7 times:\n---\n   at Submission#4+Node.Walk(Node)\n---\n", "Node.Walk(Node)")]
    [InlineData("Stack overflow.\nRepeated 7 times:\n---\n   at Submission#3+<>c.<<Initialize>>b__0_0(Int32)\n---\n", "lambda(Int32)")]
    [InlineData("Stack overflow.\nRepeated 7 times:\n---\n   at Submission#3+<F>d__1.MoveNext()\n   at Submission#3.F(Int32)\n---\n", "F()")]
    public void A_stack_overflow_names_the_method_that_calls_itself(string text, string method)
    {
        Assert.EndsWith($": Stack overflow: infinite recursion in {method}.", ProcessEnd.Explain(134, text), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_the_stack_of_an_overflow_each_method_at_the_top_is_shown_once()
    {
        var shown = new CrashTrace().Filter("Stack overflow.\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"   at Lib.Node{i % 3}.ToString()\n")) + "after\n");

        Assert.Equal("Stack overflow.\n   at Lib.Node0.ToString()\n   at Lib.Node1.ToString()\n   at Lib.Node2.ToString()\n   …\nafter\n", shown);
    }

    [Fact]
    public void Of_the_stack_of_an_overflow_twenty_methods_are_shown()
    {
        var shown = new CrashTrace().Filter("Stack overflow.\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"   at Lib.Node.F{i}()\n")) + "after\n");

        Assert.Equal(23, shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.EndsWith("   at Lib.Node.F19()\n   …\nafter\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_message_of_libtorch_and_the_line_are_in_the_error()
    {
        var error = ProcessEnd.Describe(
            134,
            "terminate called after throwing an instance of 'c10::Error'\n  what():  mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)\n"
                + "   at Submission#8+<<Initialize>>d__0.MoveNext() in /home/ada/cell 2:line 3\n",
            "cell 2");

        Assert.Equal(
            "The notebook's process ended while this cell ran, by a fatal error (SIGABRT): c10::Error: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3).",
            error.Message);
        Assert.Equal(3, error.Line);
    }
}
