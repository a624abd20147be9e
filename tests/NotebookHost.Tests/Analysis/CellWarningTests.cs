namespace NotebookHost.Tests.Analysis;

/// <summary>Analyzers that lie beside a library look at the cells that reference it.</summary>
[Collection(OneAtATime.Name)]
public sealed class CellWarningTests : SessionFixture
{
    private const string Reference = "#r \"lib/Voice.dll\"";

    public CellWarningTests() => SampleAnalyzers.Place(Folder["lib"]);

    [Fact]
    public async Task A_warning_is_shown_below_the_cells_outputs_with_line_caret_fix_and_help()
    {
        await Run(Reference);

        var sink = await Run("Console.WriteLine(1);\nvar loud = Voice.Shout(\"a\");\nloud");

        Assert.Equal(
            [
                "out: 1\n",
                "result: a!",
                "display: line 2: warning T001: Shout is loud\n    var loud = Voice.Shout(\"a\");\n               ^\n    fix: Whisper\n    help: https://example.org/T001",
            ],
            sink.Outputs);
        Assert.Contains("<a href=\"https://example.org/T001\"", sink.LastBundle!["text/html"], StringComparison.Ordinal);
        Assert.Contains("Voice.Shout(&quot;a&quot;)", sink.LastBundle["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cell_that_references_the_library_is_analyzed_too()
        => Assert.StartsWith("line 2: warning T001", Warning(await Run(Reference + "\nVoice.Shout(\"a\")")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Voice.Shout(\"a\");", 1)]
    [InlineData("Voice.Shout(\"a\")", 1)]
    [InlineData("var text = Voice.Shout(\"a\");", 1)]
    [InlineData("foreach (var i in new[] { 1, 2 })\n{\n    Voice.Shout($\"{i}\");\n}", 3)]
    [InlineData("int x = 1;\nif (x > 0)\n    Voice.Shout(\"a\");\nint y = 2;", 3)]
    [InlineData("string F() => Voice.Shout(\"a\");", 1)]
    [InlineData("class K\n{\n    public string F() => Voice.Shout(\"a\");\n}", 3)]
    [InlineData("await Task.Delay(1);\nawait Task.FromResult(Voice.Shout(\"a\"))", 2)]
    [InlineData("if (int.TryParse(\"1\", out var number))\n    Voice.Shout($\"{number}\");", 2)]
    [InlineData("#!time\nVoice.Shout(\"a\");", 2)]
    [InlineData("var f = (string text) => Voice.Shout(text);", 1)]
    public async Task Every_kind_of_code_in_a_cell_is_analyzed(string code, int line)
    {
        await Run(Reference);

        Assert.StartsWith($"line {line}: warning T001: Shout is loud\n", Warning(await Run(code)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caret_points_at_the_place_in_the_cell_as_it_is_written()
    {
        await Run(Reference);

        Assert.Contains("    int a = 1; Voice.Shout(\"b\"); // why\n               ^\n", Warning(await Run("int a = 1; Voice.Shout(\"b\"); // why")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warning_is_shown_for_a_cell_that_fails()
    {
        await Run(Reference);
        var sink = new RecordingSink();

        var outcome = await RunAny("Voice.Shout(\"a\");\nthrow new Exception(\"no\");", sink);

        Assert.Equal("no", outcome.Error!.Message);
        Assert.StartsWith("line 1: warning T001", Warning(sink), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#pragma warning disable T001\nVoice.Shout(\"a\");")]
    [InlineData("int i = 0;\n#pragma warning disable T001 // on purpose\nVoice.Shout(\"a\");\n#pragma warning restore T001\ni++;")]
    [InlineData("#pragma warning disable\nVoice.Shout(\"a\")")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Test\", \"T001\")]\nstring F() => Voice.Shout(\"a\");")]
    public async Task A_mistake_on_purpose_is_not_warned_about(string code)
    {
        await Run(Reference);

        Assert.DoesNotContain((await Run(code)).Outputs, output => output.Contains("T001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pragma_holds_for_its_part_of_a_cell_only()
    {
        await Run(Reference);

        var text = Warning(await Run("#pragma warning disable T001\nVoice.Shout(\"a\");\n#pragma warning restore T001\nVoice.Shout(\"b\");"));
        Assert.StartsWith("line 4: warning T001", text, StringComparison.Ordinal);
        Assert.DoesNotContain("line 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advice_is_not_shown_in_a_run()
    {
        await Run(Reference);

        Assert.Equal(["result: (a)"], (await Run("Voice.Whisper(\"a\")")).Outputs);
    }

    [Theory]
    [InlineData("[*.cs]\ndotnet_diagnostic.T001.severity = none", "Voice.Shout(\"a\");", null)]
    [InlineData("[*.cs]\ndotnet_diagnostic.T001.severity = suggestion", "Voice.Shout(\"a\");", null)]
    [InlineData("[*]\ndotnet_diagnostic.T002.severity = warning", "Voice.Whisper(\"a\");", "line 1: warning T002")]
    [InlineData("[*.cs]\ndotnet_diagnostic.T001.severity = error", "Voice.Shout(\"a\");", "line 1: error T001")]
    [InlineData("[*.vb]\ndotnet_diagnostic.T001.severity = none", "Voice.Shout(\"a\");", "line 1: warning T001")]
    [InlineData("[*.cs]\ndotnet_analyzer_diagnostic.severity = none", "Voice.Shout(\"a\");", null)]
    public async Task The_editorconfig_beside_the_notebook_sets_severities(string config, string code, string? expected)
    {
        Folder.Write(".editorconfig", "root = true\n" + config);
        await Run(Reference);

        var warnings = (await Run(code)).Outputs.Where(output => output.StartsWith("display", StringComparison.Ordinal)).ToList();
        if (expected is null)
            Assert.Empty(warnings);
        else
            Assert.StartsWith("display: " + expected, Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_warnings_are_cut()
    {
        await Run(Reference);

        var text = Warning(await Run(string.Join('\n', Enumerable.Repeat("Voice.Shout(\"a\");", 14))));

        Assert.Equal(10, text.Split("warning T001").Length - 1);
        Assert.EndsWith("… and 4 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_analyzer_that_throws_is_named_once_and_the_others_go_on()
    {
        SampleAnalyzers.CompileRules(Folder["lib/analyzers/dotnet/cs"], throwing: true);
        await Run(Reference);

        var first = await Run("Voice.Shout(\"a\");");
        var second = await Run("Voice.Shout(\"b\");");

        Assert.Contains(
            "err: The analyzer Throwing of ThrowingRules.dll failed and is disabled: InvalidOperationException: no such tree\n", first.Outputs);
        Assert.StartsWith("line 1: warning T001", Warning(first), StringComparison.Ordinal);
        Assert.StartsWith("display: line 1: warning T001", Assert.Single(second.Outputs), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_library_is_named_once_and_the_others_go_on()
    {
        Folder.Write("lib/analyzers/dotnet/cs/Broken.dll", "no library");

        var outputs = (await Run(Reference)).Outputs.Concat((await Run("Voice.Shout(\"a\");")).Outputs).Concat((await Run("Voice.Shout(\"b\");")).Outputs).ToList();

        Assert.StartsWith("err: The analyzers of Broken.dll cannot be loaded: ", Assert.Single(outputs, output => output.StartsWith("err", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(2, outputs.Count(output => output.StartsWith("display: line 1: warning T001", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Names_that_the_host_adds_are_not_warned_about()
    {
        await Run(Reference);

        Assert.StartsWith("line 1: warning T003: small begins", Warning(await Run("class small { }\nConsole.Write(\"\");\nint i = 0;\ni++;")), StringComparison.Ordinal);
    }

    private static string Warning(RecordingSink sink)
        => Assert.Single(sink.Outputs, output => output.StartsWith("display: line", StringComparison.Ordinal))["display: ".Length..];
}
