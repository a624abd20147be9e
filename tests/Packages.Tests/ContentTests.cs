using System.IO.Compression;
using System.Xml.Linq;

namespace Packages.Tests;

[Collection(OnePacking.Name)]
public sealed class ContentTests(PackedFeed packed)
{
    private static readonly string _version = XDocument.Load(Checkout.At("Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public void The_libraries_the_tools_and_the_templates_are_packed_and_nothing_else()
    {
        string[] names = ["Analyzers", "BoardHost", "DeepLearning", "NotebookHost", "Templates", "TorchExtras"];
        var packages = Directory.EnumerateFiles(packed.Feed, "*.nupkg").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

        Assert.Equal(names.Select(name => $"TorchNotebooks.{name}.{_version}.nupkg"), packages);
    }

    [Theory]
    [InlineData("Analyzers")]
    [InlineData("BoardHost")]
    [InlineData("DeepLearning")]
    [InlineData("TorchExtras")]
    [InlineData("NotebookHost")]
    [InlineData("Templates")]
    public void A_package_shows_what_it_is(string name)
    {
        using var package = Open(name);
        var about = XDocument.Load(package.GetEntry($"TorchNotebooks.{name}.nuspec")!.Open()).Root!.Elements().Single();
        string? Of(string element) => about.Elements().SingleOrDefault(child => child.Name.LocalName == element)?.Value;

        Assert.Equal("MIT", Of("license"));
        Assert.NotNull(package.GetEntry(Of("icon")!));
        Assert.StartsWith($"# TorchNotebooks.{name}", Text(package.GetEntry(Of("readme")!)!), StringComparison.Ordinal);
        Assert.EndsWith(".", Of("description"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DeepLearning")]
    [InlineData("TorchExtras")]
    public void A_library_has_its_documentation_and_its_symbols(string name)
    {
        using var package = Open(name);
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.xml"));

        using var symbols = Open(name, "snupkg");
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{name}.pdb"));
    }

    [Fact]
    public void A_library_depends_on_the_packages_of_its_project()
    {
        Assert.Equal(["Google.Protobuf", "TorchNotebooks.Analyzers", "TorchSharp", "TorchVision"], Dependencies("TorchExtras"));
        Assert.Subset(
            Dependencies("DeepLearning").ToHashSet(),
            new HashSet<string> { "TorchNotebooks.TorchExtras", "TorchSharp-cpu", "TorchVision", "Microsoft.Data.Analysis" });
    }

    [Fact]
    public void The_extras_bring_what_the_build_needs_to_patch_TorchSharp()
    {
        using var package = Open("TorchExtras");

        foreach (var (name, source) in new[]
        {
            ("TorchNotebooks.TorchExtras.targets", Checkout.At("lib", "TorchExtras", "buildTransitive", "TorchNotebooks.TorchExtras.targets")),
            ("OldLibstdcxx.cs", Checkout.At("lib", "TorchExtras", "Native", "OldLibstdcxx.cs")),
            ("HeldArguments.cs", Checkout.At("lib", "TorchExtras", "Native", "HeldArguments.cs")),
        })
        {
            Assert.Equal(File.ReadAllText(source), Text(package.GetEntry($"buildTransitive/{name}")!));
        }
    }

    [Theory]
    [InlineData("BoardHost")]
    [InlineData("DeepLearning")]
    [InlineData("NotebookHost")]
    [InlineData("TorchExtras")]
    public void A_package_is_for_every_system_and_holds_no_native_library(string name)
    {
        using var package = Open(name);

        Assert.DoesNotContain(package.Entries, entry => entry.FullName.Contains("runtimes/", StringComparison.Ordinal));
        Assert.DoesNotContain(package.Entries, entry => Path.GetExtension(entry.Name) is ".so" or ".dylib" or ".exe");
        Assert.All(
            package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)),
            entry => Assert.Matches("^(lib/net10.0|tools/net10.0/any)/[^/]+$", entry.FullName));
    }

    [Fact]
    public void The_analyzers_lie_where_NuGet_looks_for_them_and_depend_on_nothing()
    {
        using var package = Open("Analyzers");

        Assert.Equal(
            ["analyzers/dotnet/cs/TorchAnalyzers.CodeFixes.dll", "analyzers/dotnet/cs/TorchAnalyzers.dll"],
            package.Entries.Select(entry => entry.FullName).Where(entry => entry.EndsWith(".dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(Dependencies("Analyzers"));
    }

    private IEnumerable<string> Dependencies(string name)
    {
        using var package = Open(name);
        return [.. XDocument.Load(package.GetEntry($"TorchNotebooks.{name}.nuspec")!.Open()).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(dependency => dependency.Attribute("id")!.Value)
            .Order(StringComparer.Ordinal)];
    }

    private ZipArchive Open(string name, string kind = "nupkg") =>
        ZipFile.OpenRead(Path.Combine(packed.Feed, $"TorchNotebooks.{name}.{_version}.{kind}"));

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
