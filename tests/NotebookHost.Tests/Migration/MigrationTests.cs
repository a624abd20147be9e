using NotebookHost.Migration;
using NotebookHost.Running;

namespace NotebookHost.Tests.Migration;

[Collection(OneAtATime.Name)]
public sealed class MigrationTests : MigrationFixture
{
    [Fact]
    public async Task A_notebook_that_runs_as_it_is_is_left_alone()
    {
        var path = Plain("#!time\nvar x = 1;", "#!markdown\n# prose", "#!share --from csharp x --as y", "#!set --name z --value @csharp:y", "display(x + y + z)", "#!who");
        var before = File.ReadAllText(path);

        var (adopted, run) = await AdoptAndRun(path);

        Assert.Equal("runs without changes", adopted.Verdict);
        Assert.Empty(adopted.Findings);
        Assert.Equal(before, adopted.Document!.ToJson());
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Fact]
    public async Task What_the_retired_editor_noted_down_goes_for_todays_editors_do_not_know_it()
    {
        var (adopted, run) = await AdoptAndRun(Polyglot("1 + 1"));

        Assert.Equal("runs without changes; current editors open it as C# after 2 changes", adopted.Verdict);
        var json = adopted.Document!.ToJson();
        Assert.DoesNotContain("polyglot", json, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet_interactive", json, StringComparison.Ordinal);
        Assert.Equal("C#", adopted.Document.Metadata["language_info"]!["name"]!.GetValue<string>());
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Fact]
    public async Task A_kernel_of_another_name_becomes_this_one()
    {
        var path = Write("old.ipynb", [], """{"kernelspec": {"display_name": "C#", "language": "csharp", "name": "icsharp"}}""");

        var adopted = await Adopt(path);

        Assert.Equal(["Editor: specifies the kernel icsharp, which is not available; set to .net-csharp, the name of this kernel"], Findings(adopted));
        Assert.Equal(".net-csharp", adopted.Document!.Metadata["kernelspec"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_library_takes_the_place_of_the_packages_that_it_brings()
    {
        var path = Plain("#r \"nuget: old.tensors, 1.0\"\n#r \"nuget:Old.Tables\"", "using OldTensors;\n#r \"nuget: old-natives-linux, 2.1\"", "Tensors.Ones");

        var (adopted, run) = await AdoptAndRun(path);

        Assert.Equal("runs after 3 changes", adopted.Verdict);
        Assert.Equal("#r \"bin/Everything.dll\"\n// #r \"nuget:Old.Tables\"", adopted.Document!.Cells[0].Source);
        Assert.Equal("using OldTensors;\n// #r \"nuget: old-natives-linux, 2.1\"", adopted.Document.Cells[1].Source);
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Fact]
    public async Task The_library_is_named_before_all_code_where_the_package_was_not()
    {
        var (adopted, run) = await AdoptAndRun(Plain("using System.IO;\n#r \"nuget: Old.Tensors\"\nOldTensors.Tensors.Ones"));

        Assert.Equal("#r \"bin/Everything.dll\"\nusing System.IO;\n// #r \"nuget: Old.Tensors\"\nOldTensors.Tensors.Ones", adopted.Document!.Cells[0].Source);
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Fact]
    public async Task A_notebook_that_loads_the_library_already_loads_it_once()
    {
        var adopted = await Adopt(Plain("#r \"bin/Everything.dll\"", "#r \"nuget: Old.Tensors\""));

        Assert.Equal("// #r \"nuget: Old.Tensors\"", adopted.Document!.Cells[1].Source);
    }

    [Fact]
    public async Task Packages_of_the_retired_kernel_are_not_asked_for()
    {
        var (adopted, run) = await AdoptAndRun(Plain("#r \"nuget: Microsoft.DotNet.Interactive.ExtensionLab, *-*\"\n#r \"nuget: Microsoft.DotNet.Interactive\"\n1"));

        Assert.Equal("runs after 2 changes", adopted.Verdict);
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Fact]
    public async Task A_package_that_cannot_be_had_is_named_with_its_cell()
    {
        Folder.Write("NuGet.config", "<configuration><packageSources><clear /><add key=\"here\" value=\".\" /></packageSources></configuration>");

        var adopted = await Adopt(Plain("1", "#r \"nuget: No.Such.Package.Anywhere, 1.0.0\"", "Whatever.Call()"));

        var finding = Assert.Single(Findings(adopted));
        Assert.StartsWith("Manual: cell 2: NU110", finding, StringComparison.Ordinal);
        Assert.Contains("No.Such.Package.Anywhere", finding, StringComparison.Ordinal);
        Assert.Equal("does not run: 1 place requires a manual change; its cells were not compiled: the packages are missing", adopted.Verdict);
    }

    [Fact]
    public async Task A_feed_that_cannot_be_reached_is_passed_over_with_one_line()
    {
        Directory.CreateDirectory(Folder["feed"]);
        using (var package = System.IO.Compression.ZipFile.Open(Folder["feed/Adopted.Sample.1.0.0.nupkg"], System.IO.Compression.ZipArchiveMode.Create))
        {
            using var writer = new StreamWriter(package.CreateEntry("Adopted.Sample.nuspec").Open());
            writer.Write("<package><metadata><id>Adopted.Sample</id><version>1.0.0</version><authors>a</authors><description>d</description></metadata></package>");
        }
        Folder.Write("NuGet.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Folder["packages"]}" /></config>
              <packageSources><clear /><add key="here" value="feed" /><add key="gone" value="https://127.0.0.1:9/index.json" /></packageSources>
            </configuration>
            """);
        var lines = new List<string>();

        var adopted = await new NotebookMigrator(new MigrationOptions { Report = lines.Add }).MigrateAsync(Plain("#r \"nuget: Adopted.Sample, 0.9.0\"", "1"));

        Assert.Equal("runs without changes", adopted.Verdict);
        Assert.Single(lines, "the feed https://127.0.0.1:9/index.json cannot be reached and is skipped");
        Assert.Single(lines, "no feed has Adopted.Sample 0.9.0; 1.0.0 is used instead");
    }

    [Fact]
    public async Task A_library_that_is_not_built_is_one_finding()
    {
        var adopted = await Adopt(Plain("#r \"missing/Deep.dll\"\nusing Deep;\nusing Deep.More;", "new Thing()", "Call();"));

        Assert.Equal(["Manual: cell 1, line 1: The library missing/Deep.dll is missing; build it first; its cells were not compiled"], Findings(adopted));
    }

    [Fact]
    public async Task Parts_in_other_languages_stay_as_text()
    {
        var path = Polyglot("var x = 1;", "@fsharp\nlet y = 2\n\nprintfn \"%d\" y", "@html\n<b>bold</b>", "@pwsh\n#!pwsh\nGet-Date", "display(x);\n#!sql\nselect '```' from t\n\n#!csharp\nx + 1");

        var (adopted, run) = await AdoptAndRun(path);

        Assert.Equal("#!markdown\n```fsharp\nlet y = 2\n\nprintfn \"%d\" y\n```", adopted.Document!.Cells[1].Source);
        Assert.Equal("#!html\n<b>bold</b>", adopted.Document.Cells[2].Source);
        Assert.Equal("#!markdown\n```powershell\nGet-Date\n```", adopted.Document.Cells[3].Source);
        Assert.Equal("display(x);\n#!markdown\n````sql\nselect '```' from t\n````\n\n#!csharp\nx + 1", adopted.Document.Cells[4].Source);
        Assert.Equal("runs after 6 changes", adopted.Verdict);
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Fact]
    public async Task Cells_of_a_connected_kernel_stay_as_text()
    {
        var path = Polyglot("#!connect jupyter --kernel-name pythonkernel --kernel-spec python3", "@pythonkernel\nprint(1)", "#!pythonkernel\nimport numpy\n", "3");

        var (adopted, run) = await AdoptAndRun(path);

        Assert.Equal("// #!connect jupyter --kernel-name pythonkernel --kernel-spec python3", adopted.Document!.Cells[0].Source);
        Assert.Equal("#!markdown\n```pythonkernel\nprint(1)\n```", adopted.Document.Cells[1].Source);
        Assert.Equal("#!markdown\n```pythonkernel\nimport numpy\n```\n", adopted.Document.Cells[2].Source);
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Theory]
    [InlineData("#!share --from fsharp x", "#!share takes a value from F#, which this host does not run; set the value in C#")]
    [InlineData("#!set --name x --value @pwsh:y", "#!set takes a value from PowerShell, which this host does not run; set the value in C#")]
    [InlineData("#!import helper.fsx", "#!import supports .ipynb, .dib, .cs and .csx, not helper.fsx")]
    [InlineData("#!unheardof", "#!unheardof is unknown: if it selects a language, the cell cannot run; otherwise remove the line")]
    public async Task What_nothing_here_does_needs_a_hand(string line, string what)
    {
        Folder.Write("helper.fsx", "let x = 1");

        var (adopted, run) = await AdoptAndRun(Plain("1", line));

        Assert.Equal([$"Manual: cell 2, line 1: {what}"], Findings(adopted));
        Assert.False(adopted.Runs);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public async Task What_does_not_compile_is_named_with_cell_and_line()
    {
        var (adopted, run) = await AdoptAndRun(Plain("using Microsoft.DotNet.Interactive;", "\nvar root = Kernel.NoSuchThing;"));

        Assert.Equal(["Manual: cell 2, line 2: CS0117: 'Kernel' does not contain a definition for 'NoSuchThing'"], Findings(adopted));
        Assert.Equal("does not run: 1 place requires a manual change", adopted.Verdict);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    [Fact]
    public async Task A_name_that_is_missing_in_many_cells_is_one_finding()
    {
        var adopted = await Adopt(Plain([.. Enumerable.Repeat("Gone.Call();", 100), "Console.WriteLine(1);", "Other.Call();", "Other.Call();"]));

        var findings = Findings(adopted).ToList();
        Assert.Equal(2, findings.Count);
        Assert.StartsWith("Manual: cell 1, line 1: CS0103: The name 'Gone' does not exist in the current context", findings[0], StringComparison.Ordinal);
        Assert.EndsWith("; also in 99 other places, the first of which is cell 2, line 1", findings[0], StringComparison.Ordinal);
        Assert.EndsWith("; also in cell 103, line 1", findings[1], StringComparison.Ordinal);
        Assert.Equal("does not run: 2 places require manual changes", adopted.Verdict);
    }

    [Fact]
    public async Task A_question_to_the_reader_is_noted()
    {
        var adopted = await Adopt(Plain("var name = await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"Name\");"));

        Assert.StartsWith("Note: cell 1: prompts the user", Assert.Single(Findings(adopted)), StringComparison.Ordinal);
        Assert.True(adopted.Runs);
    }

    [Theory]
    [InlineData("""{"kernelspec": {"display_name": ".NET (F#)", "language": "F#", "name": ".net-fsharp"}}""", "F#")]
    [InlineData("""{"polyglot_notebook": {"kernelInfo": {"defaultKernelName": "pwsh", "items": []}}}""", "PowerShell")]
    [InlineData("""{"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}""", "Python")]
    public async Task A_notebook_in_another_language_cannot_run(string metadata, string language)
    {
        var adopted = await Adopt(Write("old.ipynb", [], metadata));

        Assert.Equal($"cannot run: it is in {language}, and this host runs C#", adopted.Verdict);
        Assert.Null(adopted.Document);
    }

    [Fact]
    public async Task A_dib_becomes_a_notebook()
    {
        var path = Folder.Write("old.dib", "#!meta\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\",\"items\":[]}}\n\n#!markdown\n\n# Title\n\n#!csharp\n\nvar x = 1;\n\n#!fsharp\n\nlet y = 2\n");

        var (adopted, run) = await AdoptAndRun(path);

        Assert.Equal("runs after 2 changes", adopted.Verdict);
        Assert.Equal("#!markdown\n```fsharp\nlet y = 2\n```", adopted.Document!.Cells[2].Source);
        Assert.Equal(RunStatus.Succeeded, run.Status);
    }

    [Fact]
    public async Task A_dib_without_CSharp_cannot_run()
        => Assert.Equal("cannot run: it contains no C# code", (await Adopt(Folder.Write("old.dib", "#!fsharp\n\nlet y = 2\n"))).Verdict);

    [Fact]
    public async Task A_file_that_is_no_notebook_is_refused_in_one_sentence()
        => Assert.StartsWith("cannot run: it is not valid JSON: it is incomplete", (await Adopt(Folder.Write("old.ipynb", "{"))).Verdict, StringComparison.Ordinal);

    [Fact]
    public async Task Adopting_twice_changes_nothing_more()
    {
        var path = Polyglot("#r \"nuget: Old.Tensors\"", "@fsharp\nlet x = 1", "#!connect signalr");
        (await Adopt(path)).Document!.Write(path);

        var again = await Adopt(path);

        Assert.Equal("runs without changes", again.Verdict);
        Assert.Equal(File.ReadAllText(path), again.Document!.ToJson());
    }

    [Fact]
    public async Task Adopting_runs_no_cell()
    {
        await Adopt(Plain("System.IO.File.WriteAllText(\"ran.txt\", \"\");"));

        Assert.False(File.Exists(Folder["ran.txt"]));
    }
}
