namespace NotebookHost.Tests;

[Collection(OneAtATime.Name)]
public sealed class CompilerMessageTests : SessionFixture
{
    [Theory]
    [InlineData("string? s = null;")]
    [InlineData("string? Name(string? other) => other;")]
    [InlineData("class C { public string? Name; public List<string?>? All; }")]
    [InlineData("Task.FromResult(1)")]
    [InlineData("var t = 5;\nTask.Run(() => t)")]
    [InlineData("// a comment after it\nTask.CompletedTask // here")]
    public async Task What_no_reader_needs_is_not_a_warning(string cell)
    {
        Assert.DoesNotContain((await Run(cell)).Outputs, output => output.StartsWith("err: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Task.FromResult(1);\n2")]
    [InlineData("Task.Delay(1);")]
    [InlineData("async Task Work() { Task.Yield(); await Task.Delay(1); Task.Delay(1); }")]
    public async Task A_task_that_is_dropped_is_a_warning(string cell)
    {
        Assert.Contains((await Run(cell)).Outputs, output => output.StartsWith("err: ", StringComparison.Ordinal) && output.Contains("warning CS4014", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"abc\".Lenght", "did you mean 'Length'?")]
    [InlineData("\"abc\".toupper()", "did you mean 'ToUpper'?")]
    [InlineData("new List<int>().Ad(1);", "did you mean 'Add'?")]
    [InlineData("new[] { 1 }.Selct(x => x)", "did you mean 'Select'?")]
    [InlineData("Math.Sqr(2)", "did you mean 'Sqrt'?")]
    [InlineData("var total = 1;\ntotl + 1", "did you mean 'total'?")]
    [InlineData("Consle.WriteLine();", "did you mean 'Console'?")]
    [InlineData("string s = null; s?.Lenth", "did you mean 'Length'?")]
    [InlineData("class P { public int Width { get; set; } }\nvar p = new P { Widht = 1 };", "did you mean 'Width'?")]
    [InlineData("string.Join(seperator: \",\", values: new[] { 1 })", "did you mean 'separator'?")]
    [InlineData("File.ReadAllText(\"x\")", "did you forget 'using System.IO;'?")]
    [InlineData("ConcurrentDictionary<string, int> d = new();", "did you forget 'using System.Collections.Concurrent;'?")]
    public async Task A_name_that_does_not_exist_gets_the_nearest_one(string cell, string suggestion)
    {
        Assert.EndsWith(suggestion, (await Fail(cell)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("using TorchSharp;", "nuget: TorchSharp-cpu")]
    [InlineData("using static TorchSharp.torch.nn;", "nuget: TorchSharp-cpu")]
    [InlineData("using F = TorchSharp.torch.nn.functional;", "nuget: TorchSharp-cpu")]
    [InlineData("using Microsoft.Data.Analysis;", "nuget: Microsoft.Data.Analysis")]
    [InlineData("using Plotly.NET;", "nuget: Plotly.NET.Interactive")]
    public async Task A_using_directive_of_a_package_that_is_not_referenced_names_the_package(string cell, string reference)
    {
        Assert.EndsWith($"did you forget '#r \"{reference}\"'?", (await Fail(cell)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("using System.Texxt;")]
    [InlineData("using Torch;")]
    [InlineData("TorchSharp.torch.ones(2)")]
    public async Task Other_unknown_namespaces_name_no_package(string cell) =>
        Assert.DoesNotContain("#r", (await Fail(cell)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("using var text = new StringReader(\"a\");\ntext.ReadToEnd()", "var text")]
    [InlineData("1.ToString();\nusing StringReader text = new(\"a\"); text.ReadToEnd();", "StringReader text")]
    [InlineData("await using var text = new MemoryStream();", "var text")]
    [InlineData("using KeyValuePair<string, int> text = default;", "KeyValuePair<string, int> text")]
    public async Task A_using_declaration_at_the_top_level_is_one_error_that_says_what_to_write(string cell, string declaration)
    {
        var error = await Fail("using System.IO;\n" + cell);

        Assert.Equal(
            "A using declaration is not possible at the top level of a cell, because variables live on in later cells. Remove 'using' before "
                + $"'{declaration}' and call text.Dispose() later, or put the code in braces: {{ … }}",
            error.Message);
        Assert.Equal("CS1002", error.Name);
        Assert.Single(error.Traceback, line => line.Contains("error CS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_directive_without_its_semicolon_is_the_compilers_error() => Assert.Equal("; expected", (await Fail("using System.IO\nvar a = 1;")).Message);

    [Theory]
    [InlineData("\"abc\".Frobnicate()")]
    [InlineData("completelyUnknown")]
    public async Task A_name_that_is_near_to_none_gets_no_suggestion(string cell)
    {
        Assert.DoesNotContain("did you", (await Fail(cell)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_names_of_an_earlier_cell_is_suggested()
    {
        await Run("var accuracy = 0.9; double Loss() => 1;");

        Assert.EndsWith("did you mean 'accuracy'?", (await Fail("acuracy")).Message, StringComparison.Ordinal);
        Assert.EndsWith("did you mean 'Loss'?", (await Fail("Los()")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_library_is_one_error_with_what_builds_it()
    {
        Folder.Write("build-hints.txt", "Other.dll: make other\nDeep.dll: ./nb setup\n");
        var error = await Fail("// setup\n#r \"artifacts/lib/Deep.dll\"\nusing Deep;\nusing Deep.Training;\nvar x = new Thing();");

        Assert.Equal("The library artifacts/lib/Deep.dll is missing; build it with: ./nb setup", error.Message);
        Assert.Equal(["cell 1, line 2: error CS0006: The library artifacts/lib/Deep.dll is missing; build it with: ./nb setup"], error.Traceback);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public async Task A_missing_library_without_a_hint_is_to_be_built()
    {
        Assert.Equal("The library ../Deep.dll is missing; build it first.", (await Fail("#r \"../Deep.dll\"\nusing Deep;")).Message);
        Assert.StartsWith("There is no library Sistem.Xml", (await Fail("#r \"Sistem.Xml\"")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_was_built_meanwhile_is_found()
    {
        await Fail("#r \"bin/Late.dll\"");
        SampleAssemblies.Compile(Directory.CreateDirectory(Folder["bin"]).FullName, "Late", "public static class Late { public static int N => 1; }");

        Assert.Equal("1", await Result("#r \"bin/Late.dll\"\nLate.N"));
    }

    [Fact]
    public async Task Frames_that_are_not_the_users_are_left_out()
    {
        var error = await Fail("int First(int[] all) =>\n    all.First();\nFirst([])");

        Assert.Equal(
            ["System.InvalidOperationException: Sequence contains no elements", "   at First in cell 1, line 2", "   at cell 1, line 3"],
            error.Traceback);
    }
}
