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
        string[] names = ["BoardHost", "DataFrame", "DeepLearning", "LibTorch", "NotebookHost", "Templates"];
        var packages = Directory.EnumerateFiles(packed.Feed, "*.nupkg").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

        Assert.Equal(names.Select(name => $"TorchNotebooks.{name}.{_version}.nupkg"), packages);
    }

    [Theory]
    [InlineData("BoardHost")]
    [InlineData("DataFrame")]
    [InlineData("DeepLearning")]
    [InlineData("LibTorch")]
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
    [InlineData("DataFrame")]
    [InlineData("DeepLearning")]
    [InlineData("LibTorch")]
    public void A_library_has_its_documentation_and_its_symbols(string name)
    {
        using var package = Open(name);
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.xml"));

        using var symbols = Open(name, "snupkg");
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{name}.pdb"));
    }

    [Fact]
    public void The_doors_source_is_in_the_package_whole_and_no_door_is()
    {
        var native = Checkout.At("lib", "LibTorch", "native");
        var here = Directory.EnumerateFiles(native, "*", SearchOption.AllDirectories)
            .ToDictionary(path => "native/" + Path.GetRelativePath(native, path), File.ReadAllText);
        using var package = Open("LibTorch");
        var there = package.Entries.Where(entry => entry.FullName.StartsWith("native/", StringComparison.Ordinal))
            .ToDictionary(entry => entry.FullName, Text);

        Assert.Equal(here.OrderBy(file => file.Key), there.OrderBy(file => file.Key));
        foreach (var name in new[] { "LibTorch", "DeepLearning", "BoardHost" })
        {
            using var other = Open(name);
            Assert.DoesNotContain(other.Entries, entry => entry.Name.EndsWith(".so", StringComparison.Ordinal));
        }
    }

    private ZipArchive Open(string name, string kind = "nupkg") =>
        ZipFile.OpenRead(Path.Combine(packed.Feed, $"TorchNotebooks.{name}.{_version}.{kind}"));

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
