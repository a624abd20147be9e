namespace NotebookHost.Tests;

[Collection(OneAtATime.Name)]
public sealed class SourceFileTests : SessionFixture
{
    private const string Helpers = """
        namespace Helpers;

        public static class Text
        {
            public static string Shout(this string? text) => text!.ToUpperInvariant() + "!";
            public static int Fail() =>
                throw new InvalidOperationException("no");
        }

        public record Point(int X, int Y);
        """;

    [Theory]
    [InlineData("#!import h.cs")]
    [InlineData("#load \"h.cs\"")]
    public async Task A_file_with_a_namespace_is_compiled_and_referenced(string line)
    {
        Folder.Write("h.cs", Helpers);
        var sink = await Run(line);

        Assert.Empty(sink.Outputs);
        Assert.Equal("HI!7", await Result("using Helpers;\n\"hi\".Shout() + new Point(3, 4) switch { var (x, y) => x + y }"));
        Assert.Equal("HI!", await Result("\"hi\".Shout()"));
    }

    [Theory]
    [InlineData("#!import h.cs", "void F()\n{\n    throw new Exception(\"no\");\n}\nF();", 1, "h.cs, line 3")]
    [InlineData("1\n#!import h.cs", "\nint n = \"text\";", 2, "h.cs, line 2")]
    [InlineData("#!import h.cs", "\n#!nothing", 1, "h.cs, line 2")]
    [InlineData("#load \"h.cs\"", "\nthrow new Exception(\"no\");", null, "h.cs, line 2")]
    [InlineData("#load \"h.cs\"", "\nint n = \"text\";", null, "h.cs, line 2")]
    [InlineData("#load \"h.cs\"", "namespace N;\nclass C { int n = \"text\"; }", null, "h.cs, line 2")]
    [InlineData("#!import h.cs\n\nHelpers.Text.Fail()", Helpers, 3, "h.cs, line 7")]
    public async Task An_error_in_an_imported_file_has_the_place_in_that_file(string cell, string file, int? line, string place)
    {
        Folder.Write("h.cs", file);

        var error = await Fail(cell);

        Assert.Equal(place, error.ImportedPlace);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public async Task An_error_in_an_imported_notebook_has_the_cell_and_line_of_it()
    {
        Folder.Write("n.dib", "#!csharp\n\n1\n\n#!csharp\n\nvar two = 2;\nthrow new Exception(\"no\");\n");

        Assert.Equal("n.dib cell 2, line 2", (await Fail("#!import n.dib")).ImportedPlace);
    }

    [Fact]
    public async Task An_error_of_a_cell_has_no_place_in_a_file()
    {
        Assert.Null((await Fail("throw new Exception(\"no\");")).ImportedPlace);
        Assert.Null((await Fail("int n = \"text\";")).ImportedPlace);
    }

    [Theory]
    [InlineData("#!import h.cs\nusing Helpers;\n\"hi\".Shout()")]
    [InlineData("#load \"h.cs\"\nusing Helpers;\n\"hi\".Shout()")]
    public async Task A_file_can_be_used_in_the_cell_that_names_it(string cell)
    {
        Folder.Write("h.cs", Helpers);

        Assert.Equal("HI!", await Result(cell));
    }

    [Theory]
    [InlineData("public static class Extensions { public static int Twice(this int n) => 2 * n; }", "4.Twice()", "8")]
    [InlineData("public static class Extensions { extension(int n) { public int Doubled => 2 * n; } }", "4.Doubled", "8")]
    [InlineData("namespace A { public class One { public int N => 1; } }\nnamespace B.C { public class Two : A.One { } }", "new B.C.Two().N", "1")]
    [InlineData("file class Hidden { public int N => 3; }\npublic class Seen { public int N => new Hidden().N; }", "new Seen().N", "3")]
    [InlineData("using System.Xml.Linq;\nnamespace X;\npublic static class Y { public static string Name => new XElement(\"a\").Name.LocalName; }", "X.Y.Name", "a")]
    [InlineData("global using Numbers = System.Collections.Generic.List<int>;\nnamespace X;\npublic class Y { public Numbers All = [1, 2]; }", "new X.Y().All.Count", "2")]
    [InlineData("namespace X;\npublic class Y<T> { public T? Value; }", "new X.Y<int>().Value", "0")]
    public async Task What_a_script_cannot_hold_works_in_a_file(string file, string code, string result)
    {
        Folder.Write("h.cs", file);

        Assert.Equal(result, await Result($"#!import h.cs\n{code}"));
    }

    [Fact]
    public async Task The_statements_of_a_file_with_a_namespace_run()
    {
        Folder.Write("h.cs", "using Helpers;\nvar three = Maths.Three;\nnamespace Helpers { public static class Maths { public static int Three => 3; } }");
        await Run("#!import h.cs");

        Assert.Equal("3", await Result("three"));
    }

    [Fact]
    public async Task A_file_that_has_changed_is_compiled_again()
    {
        Folder.Write("h.cs", "namespace H; public static class Value { public static int Get() => 1; }");
        await Run("#!import h.cs\nint Old() => H.Value.Get();");
        Folder.Write("h.cs", "namespace H; public static class Value { public static int Get() => 2; }");
        await Run("#!import h.cs");

        Assert.Equal("2", await Result("H.Value.Get()"));
        Assert.Equal("1", await Result("Old()"));
    }

    [Fact]
    public async Task A_file_imported_twice_unchanged_stays_the_same_types()
    {
        Folder.Write("h.cs", Helpers);
        await Run("#!import h.cs\nvar point = new Helpers.Point(1, 2);");

        Assert.Equal("True", await Result("#load \"h.cs\"\npoint is Helpers.Point"));
    }

    [Fact]
    public async Task One_file_uses_another()
    {
        Folder.Write("a.cs", "namespace A; public class One { public int N => 1; }");
        Folder.Write("b.cs", "namespace B; public class Two { public int N => 1 + new A.One().N; }");

        Assert.Equal("2", await Result("#!import a.cs\n#!import b.cs\nnew B.Two().N"));
    }

    [Fact]
    public async Task An_error_of_a_file_has_the_files_line()
    {
        Folder.Write("bad.cs", "namespace Bad;\npublic class One\n{\n    public int N => missing;\n}");
        var error = await Fail("#!import bad.cs");

        Assert.Equal("bad.cs, line 4: error CS0103: The name 'missing' does not exist in the current context", error.Traceback[0]);
    }

    [Fact]
    public async Task An_exception_in_a_file_has_the_files_line()
    {
        Folder.Write("h.cs", Helpers);
        await Run("#!import h.cs");

        Assert.Contains("   at Fail in h.cs, line 7", (await Fail("Helpers.Text.Fail()")).Traceback);
    }

    [Fact]
    public async Task An_imported_notebook_names_files_from_its_own_folder()
    {
        Folder.Write("other/tools/h.csx", "int Twice(int n) => 2 * n;");
        Folder.Write("other/more.csx", "#!import tools/h.csx\n#load \"loaded.csx\"");
        Folder.Write("other/loaded.csx", "int Thrice(int n) => 3 * n;");
        SampleAssemblies.Compile(Directory.CreateDirectory(Folder["other/bin"]).FullName, "Near", "namespace Near; public class One { public static int N => 5; }");
        NotebookHost.Notebooks.NotebookDocument.Create(
            NotebookHost.Notebooks.NotebookCell.Code("#!import more.csx\nvar four = Twice(2);"),
            NotebookHost.Notebooks.NotebookCell.Code("#r \"bin/Near.dll\"\nvar five = Near.One.N;")).Write(Folder["other/inner.ipynb"]);

        Assert.Equal("4512", await Result("#!import other/inner.ipynb\n$\"{four}{five}{Thrice(4)}\""));
    }

    [Fact]
    public async Task A_file_missing_beside_an_imported_notebook_is_not_looked_for_elsewhere()
    {
        Folder.Write("h.csx", "var x = 1;");
        NotebookHost.Notebooks.NotebookDocument.Create(NotebookHost.Notebooks.NotebookCell.Code("#!import h.csx")).Write(Folder["other/inner.ipynb"]);

        Assert.Equal($"The file h.csx to import does not exist; paths are relative to {Folder["other"]}", (await Fail("#!import other/inner.ipynb")).Message);
    }
}
