using System.Text.Json.Nodes;
using NotebookHost.Checks;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Checks;

public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sound_notebook_has_no_problem()
    {
        Assert.Empty(Check(
            NotebookCell.Markdown("# t"),
            NotebookCell.Code("#!time\nusing System.IO;\nrecord Point(int X, int Y);\nvar p = new Point(1, 2);"),
            NotebookCell.Code("int Twice(int x) => 2 * x;\nawait Task.Delay(1);\nvar p = Twice(3);"),
            NotebookCell.Code("display(p + 1);\nPath.GetTempPath()")));
    }

    [Fact]
    public void Every_compile_error_is_named_with_cell_and_line_as_a_run_counts_them()
    {
        var problems = Check(
            NotebookCell.Markdown("# t"),
            NotebookCell.Code("  "),
            Named("load", "var x = 1;"),
            Named("use", "\nmissing();\nint y = \"a\";"),
            Named("later", "x.Length"));

        Assert.Equal(
            [
                "cell 2 (use), line 2: CS0103: The name 'missing' does not exist in the current context",
                "cell 2 (use), line 3: CS0029: Cannot implicitly convert type 'string' to 'int'",
                "cell 3 (later), line 1: CS1061: 'int' does not contain a definition for 'Length' and no accessible extension method 'Length' "
                    + "accepting a first argument of type 'int' could be found (are you missing a using directive or an assembly reference?)",
            ],
            problems);
    }

    [Fact]
    public void A_mistake_is_not_reported_again_where_its_declaration_is_used()
    {
        var problems = Check(
            NotebookCell.Code("var x = nothing;\nint Half(int n) => missing;\nvar (a, b) = gone;\nvar good = 5;"),
            NotebookCell.Code("x.Anything + Half(2) + a + b + good"),
            NotebookCell.Code("good.Wrong"));

        Assert.All(problems.SkipLast(1), problem => Assert.StartsWith("cell 1 (", problem, StringComparison.Ordinal));
        Assert.StartsWith("cell 3 (", problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_of_analyzers_are_problems_and_advice_is_none()
    {
        SampleAnalyzers.Place(_folder["lib"]);
        NotebookDocument.Create(
            NotebookCell.Code("#r \"lib/Voice.dll\"\nvar loud = Voice.Shout(\"a\");\nloud.Missing()"),
            NotebookCell.Code("foreach (var i in new[] { 1, 2 })\n    Voice.Shout($\"{i}\");\nVoice.Whisper(\"a\")"),
            NotebookCell.Code("#pragma warning disable T001\nVoice.Shout(loud)")).Write(_folder["warned.ipynb"]);

        var result = new NotebookChecker(new CheckOptions { RepositoryRoot = _folder.Path }).Check(_folder["warned.ipynb"]);

        Assert.Equal(2, result.Problems.Count);
        Assert.Contains("line 3: CS1061", $"{result.Problems[0]}", StringComparison.Ordinal);
        Assert.EndsWith("line 2: T001: Shout is loud; fix: Whisper", $"{result.Problems[1]}", StringComparison.Ordinal);
        Assert.EndsWith("line 3: T002: Whisper is quiet", $"{Assert.Single(result.Advice)}", StringComparison.Ordinal);
    }

    [Fact]
    public void Checking_runs_nothing()
    {
        Assert.Empty(Check(NotebookCell.Code("System.IO.File.WriteAllText(\"ran.txt\", \"\");\nEnvironment.Exit(1);")));
        Assert.False(File.Exists(_folder["ran.txt"]));
    }

    [Fact]
    public void Libraries_are_found_from_the_notebooks_folder_with_those_beside_them()
    {
        Directory.CreateDirectory(_folder["bin"]);
        var inner = SampleAssemblies.Compile(_folder["bin"], "CheckInner", "namespace CheckInner; public class Thing { public int Id => 1; }");
        SampleAssemblies.Compile(_folder["bin"], "CheckOuter", "public static class Outer { public static CheckInner.Thing Make() => new(); }", inner);

        Assert.Empty(Check(NotebookCell.Code("#r \"bin/CheckOuter.dll\"\nvar thing = Outer.Make();"), NotebookCell.Code("new CheckInner.Thing().Id + thing.Id")));
    }

    [Fact]
    public void A_missing_library_is_one_problem_with_what_builds_it()
    {
        _folder.Write("build-hints.txt", "Nowhere.dll: ./nb setup\n");
        var problem = Assert.Single(Check(NotebookCell.Code("#r \"bin/Nowhere.dll\"\nusing Nowhere;\nusing Nowhere.Data;"), NotebookCell.Code("Nowhere.Call()")));

        Assert.EndsWith("line 1: The library bin/Nowhere.dll is missing; build it with: ./nb setup; its cells were not compiled", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_with_namespaces_are_compiled_where_they_are_imported_and_loaded()
    {
        _folder.Write("other/h.cs", "namespace Helpers; public static class Text { public static string Shout(this string text) => text + \"!\"; }");
        _folder.Write("other/more.csx", "#!import h.cs\nint Twice(int n) => 2 * n;");
        _folder.Write("bad.cs", "namespace Bad;\npublic class One { public int N => missing; }");

        Assert.Empty(Check(NotebookCell.Code("#!import other/more.csx"), NotebookCell.Code("using Helpers;\n\"a\".Shout() + Twice(2)")));
        Assert.Empty(Check(NotebookCell.Code("#load \"other/h.cs\"\nusing Helpers;\n\"a\".Shout()")));
        Assert.EndsWith("line 2: CS0103: The name 'missing' does not exist in the current context", Assert.Single(Check(NotebookCell.Code("#!import bad.cs"))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_does_not_exist_gets_the_nearest_one()
    {
        Assert.EndsWith("did you mean 'Length'?", Assert.Single(Check(NotebookCell.Code("\"a\".Lenght"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Notebooks_checked_side_by_side_see_one_and_the_same_library()
    {
        Directory.CreateDirectory(_folder["bin"]);
        var inner = SampleAssemblies.Compile(_folder["bin"], "SharedInner", "namespace SharedInner; public class Thing { public int Id => 1; }");
        SampleAssemblies.Compile(
            _folder["bin"], "SharedOuter", "public static class Outer { public static SharedInner.Thing Same(SharedInner.Thing thing) => thing; }", inner);
        var cells = Enumerable.Range(0, 20).Select(_ => NotebookCell.Code("SharedInner.Thing Next(SharedInner.Thing it) => Outer.Same(it);\nNext(thing).Id"));
        var paths = Enumerable.Range(0, 8).Select(i => _folder[$"n{i}.ipynb"]).ToList();
        foreach (var path in paths)
            NotebookDocument.Create([NotebookCell.Code("#r \"bin/SharedOuter.dll\"\nvar thing = Outer.Same(new SharedInner.Thing());"), .. cells]).Write(path);
        var checker = new NotebookChecker();

        var results = paths.AsParallel().WithDegreeOfParallelism(8).Select(checker.Check);

        Assert.Empty(results.SelectMany(result => result.Problems));
    }

    [Fact]
    public void Parts_in_other_languages_and_magics_are_not_compiled()
    {
        Assert.Empty(Check(
            NotebookCell.Code("#!html\n<b>x</b>\n#!csharp\nvar x = 1;"),
            NotebookCell.Code("#!set --name name --value @csharp:x\n#i \"nuget: somewhere\""),
            NotebookCell.Code("var text = \"\"\"\n#!html\n\"\"\";\nname.Length + x + text.Length")));
    }

    [Fact]
    public void Imported_files_take_part()
    {
        _folder.Write("helpers.cs", "int Helped() => 1;");
        NotebookDocument.Create(NotebookCell.Code("var fromNotebook = 2;")).Write(_folder["other.ipynb"]);

        Assert.Empty(Check(NotebookCell.Code("#!import helpers.cs\n#!import other.ipynb\nHelped() + fromNotebook")));
        Assert.Equal(["cell 1 (a): #!import refers to gone.cs, which does not exist"], Check(Named("a", "#!import gone.cs")));
    }

    [Fact]
    public void A_notebook_whose_package_is_not_there_is_not_compiled_and_says_so()
    {
        NotebookDocument.Create(NotebookCell.Code("#r \"nuget: No.Such.Package, 1.2\"\nNoSuch.Call();")).Write(_folder["n.ipynb"]);

        var result = new NotebookChecker().Check(_folder["n.ipynb"]);

        Assert.Empty(result.Problems);
        Assert.Equal("not compiled: the package No.Such.Package 1.2 has not been restored on this machine; run the notebook once to restore it", result.Skipped);
    }

    [Fact]
    public void A_package_that_is_there_takes_part_with_what_it_needs()
    {
        // the tests' own framework is on every machine that runs them
        Assert.Empty(Check(NotebookCell.Code("#r \"nuget: xunit.assert, 2.9.3\"\nXunit.Assert.True(true);")));
    }

    [Theory]
    [InlineData("var file = \"/home/alice/data.csv\";", "'/home/alice/data.csv' is a path on this machine; write it relative to the notebook")]
    [InlineData("var file = \"/root\";", "'/root' is a path on this machine; write it relative to the notebook")]
    [InlineData("var file = @\"C:\\Users\\alice\\data.csv\";", @"'C:\Users\alice' is a path on this machine; write it relative to the notebook")]
    [InlineData("var file = \"/opt/checkout/data\";", "'/opt/checkout' is a path on this machine; write it relative to the notebook")]
    public void A_path_of_one_machine_is_a_problem(string code, string message)
    {
        Assert.Equal(["cell 1 (a): " + message], Check(Named("a", code)));
    }

    [Theory]
    [InlineData("var url = \"https://example.org/home/alice/x\";")]
    [InlineData("var x = \"</root>\" + \"../home/x\" + \"/rooted\" + \"GET /Users/{id}\";")]
    public void What_only_looks_like_a_path_of_one_machine_is_none(string code)
    {
        Assert.Empty(Check(Named("a", code)));
    }

    [Fact]
    public void Outputs_must_hold_no_paths_and_no_errors()
    {
        var cell = Named("a", "1");
        cell.Outputs.Add(Output("""{"output_type": "stream", "name": "stdout", "text": ["saved to /Users/bob/x", ".txt"]}"""));
        cell.Outputs.Add(Output("""{"output_type": "display_data", "metadata": {}, "data": {"image/png": "+/home/alice/"}}"""));
        cell.Outputs.Add(Output("""{"output_type": "error", "ename": "IOException", "evalue": "", "traceback": []}"""));
        var wanted = NotebookCell.Code("1", "raises-exception");
        wanted.Outputs.Add(cell.Outputs[2]!.DeepClone());

        Assert.Equal(
            [
                "cell 1 (a): its output contains '/Users/bob/x.txt', a path on this machine; nb strip removes outputs",
                "cell 1 (a): its output is the error IOException; fix the cell and run it again, or add the tag raises-exception",
            ],
            Check(cell, wanted));
    }

    [Fact]
    public void A_notebook_over_the_limit_is_a_problem()
    {
        NotebookDocument.Create(NotebookCell.Markdown(new string('x', 5000))).Write(_folder["n.ipynb"]);

        var result = new NotebookChecker(new CheckOptions { MaxFileSize = 2048 }).Check(_folder["n.ipynb"]);

        Assert.Equal("has 5 KB, but the limit is 2 KB; nb strip removes outputs", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public void A_notebook_written_otherwise_is_a_problem_that_can_be_fixed()
    {
        var canonical = NotebookDocument.Create(NotebookCell.Code("1")).ToJson();
        var path = _folder.Write("n.ipynb", JsonNode.Parse(canonical)!.ToJsonString());

        Assert.Equal(
            "is not in the form that Jupyter writes; nb check --fix rewrites it",
            Assert.Single(new NotebookChecker().Check(path).Problems).ToString());
        var result = new NotebookChecker(new CheckOptions { Fix = true }).Check(path);

        Assert.True(result.Fixed);
        Assert.Empty(result.Problems);
        Assert.Equal(canonical, File.ReadAllText(path));
    }

    [Fact]
    public void A_dib_is_compiled_too()
    {
        _folder.Write("n.dib", "#!markdown\n# t\n#!csharp\nmissing");

        Assert.StartsWith(
            "cell 1 (", Assert.Single(new NotebookChecker().Check(_folder["n.dib"]).Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_json_is_one_problem()
    {
        var path = _folder.Write("n.ipynb", "{\"cells\": [");

        Assert.StartsWith("is not valid JSON: it is incomplete and ends at line 1", Assert.Single(new NotebookChecker().Check(path).Problems).ToString(), StringComparison.Ordinal);
    }

    private List<string> Check(params NotebookCell[] cells)
    {
        NotebookDocument.Create(cells).Write(_folder["n.ipynb"]);
        var result = new NotebookChecker(new CheckOptions { RepositoryRoot = "/opt/checkout" }).Check(_folder["n.ipynb"]);
        Assert.Null(result.Skipped);
        return [.. result.Problems.Select(problem => problem.ToString())];
    }

    private static NotebookCell Named(string id, string source)
    {
        var cell = NotebookCell.Code(source);
        cell.Id = id;
        return cell;
    }

    private static JsonNode Output(string json) => JsonNode.Parse(json)!;
}
