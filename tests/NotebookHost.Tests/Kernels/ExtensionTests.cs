using System.IO.Compression;
using Microsoft.DotNet.Interactive;

namespace NotebookHost.Tests.Kernels;

/// <summary>Packages with extensions of .NET Interactive, made here and restored from a folder.</summary>
[Collection(OneAtATime.Name)]
public sealed class ExtensionTests : SessionFixture
{
    private const string Extension = """
        using System.Threading.Tasks;
        using Microsoft.DotNet.Interactive;
        public class SampleExtension : IKernelExtension
        {
            public Task OnLoadAsync(Kernel kernel)
            {
                KernelInvocationContext.Current.Display("loaded into " + ((CompositeKernel)kernel).DefaultKernelName);
                Microsoft.DotNet.Interactive.Formatting.Formatter.Register<Sample>(sample => "<b>a sample</b>", "text/html");
                return Task.CompletedTask;
            }
        }
        public class Sample { }
        """;

    public ExtensionTests()
    {
        Folder.Write("NuGet.config", """
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="here" value="feed" /></packageSources>
            </configuration>
            """);
        Directory.CreateDirectory(Folder["feed"]);
        Directory.CreateDirectory(Folder["build"]);
    }

    [Fact]
    public async Task The_extension_of_a_package_is_loaded_once()
    {
        Pack("Sample.Extended", Library("Extended", Extension), script: null);

        var sink = await Run("#r \"nuget: Sample.Extended, 1.0.0\"\nnew Sample()");

        Assert.Contains("display: loaded into csharp", sink.Outputs);
        Assert.Equal("<b>a sample</b>", sink.LastBundle!["text/html"]);
        Assert.DoesNotContain("display: loaded into csharp", (await Run("#r \"nuget: Sample.Extended, 1.0.0\"\n1")).Outputs);
    }

    [Fact]
    public async Task Charts_of_Plotly_NET_need_no_network_also_in_other_objects()
    {
        Pack("Sample.Charts", Library("Plotly.NET", """
            using System.Threading.Tasks;
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Formatting;
            namespace Plotly.NET
            {
                public class GenericChart
                {
                    public static string toFigureJson(GenericChart chart) => "{\"data\": [{\"type\": \"bar\"}], \"layout\": {}}";
                }
            }
            public class ChartExtension : IKernelExtension
            {
                public Task OnLoadAsync(Kernel kernel)
                {
                    Formatter.Register<Plotly.NET.GenericChart>(chart => "<script>requirejs(); Plotly.newPlot();</script>", "text/html");
                    return Task.CompletedTask;
                }
            }
            """), script: null);

        var alone = (await Run("#r \"nuget: Sample.Charts, 1.0.0\"\nvar chart = new Plotly.NET.GenericChart();\nchart")).LastBundle!;
        Assert.Equal("Plotly chart: bar", alone.PlainText);
        Assert.Equal("""{"data":[{"type":"bar"}],"layout":{}}""", alone["application/vnd.plotly.v1+json"]);
        foreach (var cell in new[] { "new { Chart = chart }", "new[] { chart, chart }", "(1, chart)", "new Dictionary<string, object> { [\"a\"] = chart }" })
        {
            var html = (await Run(cell)).LastBundle!["text/html"];
            Assert.Contains("<div data-figure=", html, StringComparison.Ordinal);
            Assert.DoesNotContain("requirejs", html, StringComparison.Ordinal);
        }
        Assert.Equal("{ Chart = Plotly chart }", await Result("new { Chart = chart }"));
        Assert.Contains("Plotly chart", await Result("new[] { chart, chart }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_of_a_package_is_run()
    {
        Pack("Sample.Scripted", library: null, script: "#!csharp\nvar fromScript = 42;\n\n#!markdown\n# note\n\n#!csharp\ndisplay(\"ran\");");

        var sink = await Run("#r \"nuget: Sample.Scripted, 1.0.0\"\nfromScript");

        Assert.Contains("display: ran", sink.Outputs);
        Assert.Equal("42", sink.ResultText);
    }

    [Theory]
    [InlineData("using System.Threading.Tasks; using Microsoft.DotNet.Interactive; public class E : IKernelExtension { public Task OnLoadAsync(Kernel kernel) => throw new System.Exception(\"not here\"); }", "not here")]
    [InlineData("using System.Threading.Tasks; using Microsoft.DotNet.Interactive; public class E : IKernelExtension { public E() => throw new System.Exception(\"not made\"); public Task OnLoadAsync(Kernel kernel) => Task.CompletedTask; }", "not made")]
    [InlineData("using System.Threading.Tasks; using Microsoft.DotNet.Interactive; public class E : IKernelExtension { public async Task OnLoadAsync(Kernel kernel) { await Task.Yield(); throw new System.Exception(\"late\"); } }", "late")]
    public async Task An_extension_that_fails_says_so_once_and_the_session_goes_on(string source, string reason)
    {
        // NuGet keeps a version of a package, so each case has a package of its own
        var package = $"Sample.Failing.{reason.Replace(' ', '.')}";
        Pack(package, Library("Failing", source), script: null);

        var sink = await Run($"#r \"nuget: {package}, 1.0.0\"\n1 + 1");

        var error = Assert.Single(sink.Outputs, output => output.StartsWith("err: ", StringComparison.Ordinal));
        Assert.Equal($"err: The extension of {package} 1.0.0 could not be loaded: Exception: {reason}. The session continues without it.\n", error);
        Assert.Equal("2", sink.ResultText);
        Assert.DoesNotContain((await Run($"#r \"nuget: {package}, 1.0.0\"")).Outputs, output => output.StartsWith("err: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_script_that_fails_says_so_and_the_session_goes_on()
    {
        Pack("Sample.Broken", library: null, script: "#!csharp\nnonsense");

        var sink = await Run("#r \"nuget: Sample.Broken, 1.0.0\"\n1 + 1");

        Assert.Contains(sink.Outputs, output => output.Contains("extension.dib of Sample.Broken, cell 1, line 1: error CS0103", StringComparison.Ordinal));
        Assert.Equal("2", sink.ResultText);
    }

    [Fact]
    public async Task A_package_that_brings_what_the_framework_needs_leaves_its_types_as_they_are()
    {
        Pack("Sample.Reactive", Library("System.Reactive", "public static class NotTheHosts { }"), script: null);

        await Run("var before = display(1);\n#r \"nuget: Sample.Reactive, 1.0.0\"");

        Assert.Equal(["display: 2", "update: 3"], (await Run("before = display(2); before.Update(3);")).Outputs);
    }

    private string Library(string name, string source)
        => SampleAssemblies.Compile(Folder["build"], name, source, FrameworkAssemblies());

    private static string[] FrameworkAssemblies()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return
        [
            typeof(Kernel).Assembly.Location, typeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly.Location,
            Path.Combine(framework, "System.Collections.dll"), Path.Combine(framework, "netstandard.dll"), Path.Combine(framework, "System.Linq.dll"),
        ];
    }

    private void Pack(string name, string? library, string? script)
    {
        using var file = new ZipArchive(File.Create(Folder[$"feed/{name}.1.0.0.nupkg"]), ZipArchiveMode.Create);
        Add(file, $"{name}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{name}</id><version>1.0.0</version><authors>tests</authors><description>a sample</description></metadata>
            </package>
            """);
        if (library is not null)
        {
            file.CreateEntryFromFile(library, $"lib/net8.0/{Path.GetFileName(library)}");
            file.CreateEntryFromFile(library, $"interactive-extensions/dotnet/{Path.GetFileName(library)}");
        }
        if (script is not null)
            Add(file, "interactive-extensions/dotnet/extension.dib", script);
    }

    private static void Add(ZipArchive file, string name, string text)
    {
        using var writer = new StreamWriter(file.CreateEntry(name).Open());
        writer.Write(text);
    }
}
