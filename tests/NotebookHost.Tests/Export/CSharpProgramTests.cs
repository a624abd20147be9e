using NotebookHost.Export;
using NotebookHost.Export.CSharp;
using NotebookHost.Notebooks;

namespace NotebookHost.Tests.Export;

public sealed class CSharpProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prose_is_comments_and_code_stays_as_it_is_written()
    {
        var program = Program(NotebookCell.Markdown("# Title\n\nProse."), NotebookCell.Code("var x = 1;   // one\n\nConsole.WriteLine( x );"));

        Assert.Contains("\n// # Title\n//\n// Prose.\n\nvar x = 1;   // one\n\nConsole.WriteLine( x );\n\n", program, StringComparison.Ordinal);
    }

    [Fact]
    public void Usings_come_to_the_top_once()
    {
        var program = Program(NotebookCell.Code("using System.IO;\nvar a = 1;"), NotebookCell.Code("using System.IO;\nusing static System.Math;\nusing T = System.Int32;\nAbs(-1)"));

        Assert.Contains("\nusing System.IO;\nusing static NotebookConsole;\nusing static System.Math;\nusing T = System.Int32;\n", program, StringComparison.Ordinal);
        Assert.Equal(2, program.Split("using System.IO;").Length);
    }

    [Fact]
    public void A_value_that_a_cell_ends_with_is_written()
    {
        Assert.Contains("NotebookConsole.Show(1 + 1);\n", Program(NotebookCell.Code("1 + 1 // two")).Replace(" // two", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("NotebookConsole.Show(2);\n", Program(NotebookCell.Code("return 2;")), StringComparison.Ordinal);
        Assert.Contains("\nConsole.WriteLine();\n", Program(NotebookCell.Code("Console.WriteLine()")), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_declared_again_are_told_apart()
    {
        var program = Program(
            NotebookCell.Code("var x = 1;\nint F(int n) => n + x;\nint F(string s) => s.Length;"),
            NotebookCell.Code("var x = \"two\";\nvar pair = (x, F(1), F(x));\nvar item = new { x };"),
            NotebookCell.Code("for (var item = 0; item < 1; item++) { Console.Write(item); }\nx + pair.x"));

        Assert.Contains("int F(int n) => n + x;\nint F_2(string s) => s.Length;", program, StringComparison.Ordinal);
        Assert.Contains("var x_2 = \"two\";\nvar pair = (x: x_2, F(1), F_2(x_2));\nvar item = new { x = x_2 };", program, StringComparison.Ordinal);
        Assert.Contains("for (var item_2 = 0; item_2 < 1; item_2++) { Console.Write(item_2); }\nNotebookConsole.Show(x_2 + pair.x);", program, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_used_from_elsewhere_before_it_is_declared_keeps_its_meaning()
    {
        var program = Program(NotebookCell.Code("using static System.Math;\nMax(1, 2)"), NotebookCell.Code("var Max = 3;\nvar args = Max;"));

        Assert.Contains("NotebookConsole.Show(Max(1, 2));", program, StringComparison.Ordinal);
        Assert.Contains("var Max_2 = 3;\nvar args_2 = Max_2;", program, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_and_extension_methods_go_to_the_end_and_redeclared_types_are_told_apart()
    {
        var program = Program(
            NotebookCell.Code("// a point\nrecord Point(int X);\nstatic int Twice(this int n) => 2 * n;\nnew Point(1).X.Twice()"),
            NotebookCell.Code("class Point { public Point() { } }\nnew Point()"));

        Assert.Contains("NotebookConsole.Show(new Point(1).X.Twice());\n\nNotebookConsole.Show(new Point_2());\n\n", program, StringComparison.Ordinal);
        Assert.Contains("// a point\nrecord Point(int X);\n\nclass Point_2 { public Point_2() { } }\n\nstatic class NotebookExtensions\n{\ninternal static int Twice", program, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_uses_a_variable_below_it_comes_after_the_cell()
    {
        var program = Program(NotebookCell.Code("int Next() => ++count;\nvar count = 1;\nNext()"));

        Assert.Contains("var count = 1;\nNotebookConsole.Show(Next());\n\nint Next() => ++count;\n", program, StringComparison.Ordinal);
    }

    [Fact]
    public void Modifiers_that_only_members_have_are_left_out_and_variables_begin_as_default()
    {
        var program = Program(NotebookCell.Code("static int count;\npublic static int Next() => ++count;\nconst int Top = 3;\npublic string Name { get; set; } = \"n\";"));

        Assert.Contains("int count = default;\nint Next() => ++count;\nconst int Top = 3;\nstring Name  = \"n\";", program, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_and_libraries_become_directives()
    {
        Directory.CreateDirectory(_folder["bin"]);
        SampleAssemblies.Compile(_folder["bin"], "ProgramLibrary", "public static class Library { public static int One => 1; }");

        var program = Program(NotebookCell.Code("#r \"nuget: xunit.assert, 2.9.3\"\n#r \"bin/ProgramLibrary.dll\"\nLibrary.One"));

        Assert.Contains("\n#:package xunit.assert@2.9.3\n", program, StringComparison.Ordinal);
        Assert.Contains("\n#:property AdditionalExplicitAssemblyReferences=../bin/ProgramLibrary.dll\n", program, StringComparison.Ordinal);
        Assert.DoesNotContain("#r", program, StringComparison.Ordinal);
    }

    [Fact]
    public void Magics_and_other_languages_become_comments()
    {
        var program = Program(NotebookCell.Code("#!time\nvar x = 1;\n#!html\n<b>bold</b>"));

        Assert.Contains("// Lines for the host of the notebook, without effect here:\n// #!time\n", program, StringComparison.Ordinal);
        Assert.Contains("// #!html\n// <b>bold</b>\n\nvar x = 1;\n", program, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_that_does_not_compile_is_refused_with_its_first_error()
    {
        var error = Assert.Throws<ExportException>(() => Program(NotebookCell.Code("missing")));

        Assert.Matches(@"^cell 1 \(\w+\), line 1: CS0103: .*; only notebooks that compile can be converted to a program$", error.Message);
    }

    [Fact]
    public async Task The_program_runs_and_writes_what_the_notebook_shows()
    {
        Directory.CreateDirectory(_folder["bin"]);
        SampleAssemblies.Compile(_folder["bin"], "ProgramLibrary", "public static class Library { public static int One => 1; }");
        _folder.Write("data.txt", "from the notebook's folder");
        var program = Program(
            NotebookCell.Code("#r \"bin/ProgramLibrary.dll\"\nvar x = Library.One;\nx"),
            NotebookCell.Code("var x = \"again\";\nprivate record Point(int X, int Y);\npublic static string Loud(this string s) => s.ToUpperInvariant();\nx.Loud()"),
            NotebookCell.Code("new Point(1, 2)"),
            NotebookCell.Code("await Task.Delay(1);\nvar shown = display(0.5);\nshown.Update(\"later\");"),
            NotebookCell.Code("new[] { 1, 2, 3 }"),
            NotebookCell.Code("throw new InvalidOperationException(\"wanted\");", "raises-exception"),
            NotebookCell.Code("System.IO.File.ReadAllText(\"data.txt\")"));

        var (code, output, error) = await NbProcess.RunProgramAsync(_folder.Path, "dotnet", "run", _folder.Write("out/n.cs", program));

        Assert.True(code == 0, output + error);
        Assert.StartsWith(
            "1\nAGAIN\nPoint { X = 1, Y = 2 }\n0.5\nlater\n[ 1, 2, 3 ]\nSystem.InvalidOperationException: wanted\n", output, StringComparison.Ordinal);
        Assert.EndsWith("\nfrom the notebook's folder\n", output, StringComparison.Ordinal);
    }

    private string Program(params NotebookCell[] cells)
        => CSharpProgram.Write(NotebookDocument.Create(cells), _folder.Path, _folder["out"]);
}
