using NotebookHost.Notebooks;
using NotebookHost.Running;
using NotebookHost.Sessions;

namespace NotebookHost.Tests;

/// <summary>Notebooks run with the system's cultures where ICU is found, which is the case on the systems that these tests run on.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("string.Join(\" \", new[]{\"b\",\"A\",\"a\",\"B\",\"é\",\"z\"}.OrderBy(x => x))", "a A b B é z")]
    [InlineData("(1234.5).ToString(\"N2\", new System.Globalization.CultureInfo(\"de-DE\"))", "1.234,50")]
    [InlineData("new DateTime(2024, 2, 29).ToString(\"MMMM\", System.Globalization.CultureInfo.GetCultureInfo(\"fr-FR\"))", "février")]
    [InlineData("\"e\\u0301\".IsNormalized()", "False")]
    [InlineData("\"e\\u0301\".Normalize().Length", "1")]
    [InlineData("\"İ\".ToLower(new System.Globalization.CultureInfo(\"tr-TR\")) + \"I\".ToLower(new System.Globalization.CultureInfo(\"tr-TR\"))", "iı")]
    [InlineData("string.Compare(\"straße\", \"strasse\", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.IgnoreNonSpace | System.Globalization.CompareOptions.IgnoreCase) != 1", "True")]
    public async Task A_notebook_has_the_systems_cultures(string code, string result)
    {
        NotebookDocument.Create(NotebookCell.Code(code)).Write(_folder["n.ipynb"]);
        var run = await new NotebookRunner(new NotebookRunOptions { Isolation = Isolation.Process }).RunAsync(_folder["n.ipynb"]);

        Assert.Null(run.Failure);
        Assert.Equal(result, (string?)run.Document.Cells[0].Outputs[0]!["data"]!["text/plain"]![0]);
    }

    [FactOnUnix]
    public async Task What_is_written_does_not_depend_on_the_users_culture()
    {
        NotebookDocument.Create(NotebookCell.Code("#!time\nSystem.Globalization.CultureInfo.CurrentCulture.Name + (1.5).ToString()")).Write(_folder["n.ipynb"]);
        var (code, output, _) = await NbProcess.RunAsync(
            _folder.Path, [("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8")], "run", "n.ipynb", "--out", "out", "--junit", "junit.xml");

        Assert.Equal(0, code);
        Assert.Contains("de-DE1,5\n", output, StringComparison.Ordinal);
        Assert.Matches(@"Wall time: [\d.]+ms", output);
        Assert.DoesNotMatch(@"time=""\d+,", File.ReadAllText(_folder["junit.xml"]));
    }

    [Fact]
    public void Without_ICU_cells_have_the_invariant_culture_only()
    {
        var environment = new Dictionary<string, string?>();
        Cultures.Set(environment, isIcuFound: false);
        Assert.Equal("1", environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"]);
        Cultures.Set(environment, isIcuFound: true);
        Assert.Equal("0", environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"]);
    }
}
