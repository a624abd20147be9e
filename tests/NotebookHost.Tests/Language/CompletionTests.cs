using NotebookHost.Kernels;
using NotebookHost.Language;

namespace NotebookHost.Tests.Language;

[Collection(OneAtATime.Name)]
public sealed class CompletionTests : IDisposable
{
    private readonly CSharpSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Console.WriteL|", "WriteLine")]
    [InlineData("Console.WriteL|\nvar x = 1;", "WriteLine")]
    [InlineData("Console.|\nx = 3;", "WriteLine")]
    [InlineData("Console.writel|", "WriteLine")]
    [InlineData("System.Te|", "Text")]
    [InlineData("System.Text.StringB|.", "StringBuilder")]
    [InlineData("\"text\".Subs|", "Substring")]
    [InlineData("new[] { 1 }.Sel|", "Select")]
    [InlineData("new[] { \"a\" }.Select(each => each.Len|", "Length")]
    [InlineData("new[] { \"a\" }.Where(each => each.Len|)\n    .First()", "Length")]
    [InlineData("string? s = null; s?.Len|", "Length")]
    [InlineData("int? i = null; i?.CompareT|", "CompareTo")]
    [InlineData("new List<int>().Cou|", "Count")]
    [InlineData("new StringB|", "StringBuilder")]
    [InlineData("using System.Thr|", "Threading")]
    [InlineData("void F(int first) { fir| }", "first")]
    [InlineData("for (var counter = 0; coun|", "counter")]
    [InlineData("foreach (var x in xs) whi|", "while")]
    [InlineData("string.Join(sep|", "separator:")]
    [InlineData("class Dog { public string Name { get; set; } }\nnew Dog { Na| }", "Name")]
    [InlineData("class Dog { public string Name { get; set; } public int Age; }\nnew Dog { Name = \"\", Ag| }", "Age")]
    [InlineData("DayOfWeek.Mon|", "Monday")]
    [InlineData("#!time\nConsole.WriteL|", "WriteLine")]
    [InlineData("#!ti|", "#!time")]
    [InlineData("#!re|", "#!rerun")]
    [InlineData("disp|", "display")]
    public void What_may_follow_is_offered(string code, string expected)
        => Assert.Contains(expected, Texts(code));

    [Fact]
    public async Task What_earlier_cells_declared_is_offered_before_all_else()
    {
        await _session.RunAsync("var console = 1; int Consume() => 2; record Cons(int A);", new RecordingSink());
        await _session.RunAsync("using System.IO;", new RecordingSink());

        Assert.Equal(["console", "Cons", "Consume"], Texts("cons|").Where(text => text is "console" or "Consume" or "Cons" or "Console").Take(3));
        Assert.Contains("File", Texts("Fil|"));
        Assert.Contains("A", Texts("new Cons(1).|"));
    }

    [Fact]
    public void Only_what_fits_is_offered()
    {
        Assert.DoesNotContain("Write", Texts("\"text\".|"));
        Assert.DoesNotContain("IsNullOrEmpty", Texts("\"text\".|"));
        Assert.DoesNotContain("Length", Texts("string.|"));
        Assert.DoesNotContain("Console", Texts("new int[0].|"));
        Assert.Empty(Texts("// Cons|"));
        Assert.Empty(Texts("\"Cons|\""));
        Assert.Empty(Texts("nothing.known.|"));
    }

    [Fact]
    public void Overloads_are_one_item_that_says_how_many_there_are()
    {
        var item = Assert.Single(Complete("Console.WriteL|").Items);

        Assert.Equal(("WriteLine", "function"), (item.Text, item.Kind));
        Assert.Matches(@"^void Console\.WriteLine\(\) \(\+ \d+ more\)$", item.Signature);
    }

    [Theory]
    [InlineData("Fil|", "File", "System.IO")]
    [InlineData("var d = new ConcurrentDict|", "ConcurrentDictionary", "System.Collections.Concurrent")]
    [InlineData("Stopw|atch.StartNew()", "Stopwatch", "System.Diagnostics")]
    public void A_type_that_is_not_imported_is_offered_with_its_namespace(string code, string name, string space)
    {
        var item = Assert.Single(Complete(code).Items, item => item.Text == name);

        Assert.Equal((space, $"{space}.{name}"), (item.Namespace, item.FullText));
        Assert.EndsWith($"using {space};", item.Signature, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_is_offered_without_a_namespace_once_a_cell_imports_it()
    {
        await _session.RunAsync("using System.IO;", new RecordingSink());

        Assert.Null(Complete("Fil|").Items.First(item => item.Text == "File").Namespace);
    }

    [Fact]
    public async Task Cells_before_are_known_however_many_there_are()
    {
        for (var i = 0; i < 300; i++)
            await _session.RunAsync($"var number{i} = {i}; class Box{i} {{ public int Inside{i} => {i}; }}", new RecordingSink());

        Assert.Contains("number7", Texts("numb|"));
        Assert.Contains("Inside299", Texts("new Box299().|"));
        await _session.RunAsync("var later = new Box3();", new RecordingSink());
        Assert.Contains("Inside3", Texts("later.|"));
    }

    [Fact]
    public void The_written_part_of_the_word_is_replaced()
    {
        var found = Complete("1;\nConsole.WriteL|");

        Assert.Equal((11, 17), (found.Start, found.End));
    }

    [Fact]
    public void Paths_of_libraries_are_offered_a_folder_at_a_time()
    {
        var folder = AppContext.BaseDirectory;

        Assert.Contains("NotebookHost.dll", Texts($"#r \"{folder}Notebook|"));
        Assert.DoesNotContain("NotebookHost.pdb", Texts($"#r \"{folder}Notebook|"));
    }

    private IEnumerable<string> Texts(string code) => Complete(code).Items.Select(item => item.Text);

    private CompletionList Complete(string code)
    {
        var position = code.IndexOf('|', StringComparison.Ordinal);
        return CellCompletion.Complete(code.Remove(position, 1), position, _session.Draft);
    }
}
