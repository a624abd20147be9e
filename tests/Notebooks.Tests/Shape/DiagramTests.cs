using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Notebooks.Tests.Shape;

/// <summary>Each diagram of the chapters has a Chinese version: the same drawing with Chinese texts, which the Chinese prose shows.</summary>
public sealed partial class DiagramTests
{
    private static readonly string _english = Path.Combine(CourseTable.Folder, "images");
    private static readonly string _chinese = Path.Combine(_english, "zh-CN");

    // names, in code or of libraries, that look like English words: they have no digit, no mark and no capital but the first
    private static readonly Dictionary<string, string[]> _names = new(StringComparer.Ordinal)
    {
        ["01-stack.svg"] = ["autograd", "libtorch", "Python"],
        ["04-etl.svg"] = ["Dataset", "train"],
        ["05-call.svg"] = ["call", "forward"],
        ["05-layers.svg"] = ["out"],
        ["09-board.svg"] = ["board", "events", "lr", "nb", "runs", "tensorboard"],
        ["10-product.svg"] = ["false", "lr", "shuffle", "size", "true"],
        ["12-workers.svg"] = ["worker"],
        ["18-batches.svg"] = ["Dataset"],
        ["22-network.svg"] = ["dropout", "view"],
        ["22-steps.svg"] = ["Accuracy", "class", "Cnn", "Mnist"],
        ["23-encoder.svg"] = ["ff", "softmax", "Transformer"],
        ["23-lstm.svg"] = ["sigmoid", "tanh"],
        ["25-loop.svg"] = ["step"],
        ["27-data-parallel.svg"] = ["all-reduce", "rank"],
        ["30-service.svg"] = ["eval"],
    };

    // what may differ, because Chinese texts are wider or shorter
    private static readonly string[] _placing = ["x", "y", "font-size", "text-anchor"];

    public static TheoryData<string> Diagrams => [.. FilesIn(_english)];

    public static TheoryData<string> Chapters => [.. CourseTable.Written];

    [Fact]
    public void Each_diagram_has_a_Chinese_version()
    {
        Assert.NotEmpty(FilesIn(_english));
        Assert.Equal(FilesIn(_english), FilesIn(_chinese));
    }

    [Theory]
    [MemberData(nameof(Diagrams))]
    public void The_Chinese_version_is_the_same_drawing(string diagram)
    {
        Assert.Equal(Drawing(Read(_english, diagram)), Drawing(Read(_chinese, diagram)));
    }

    [Theory]
    [MemberData(nameof(Diagrams))]
    public void The_Chinese_version_has_no_English_words(string diagram)
    {
        var root = Read(_chinese, diagram);

        // browsers choose the font, and so the form of the characters, by the language
        Assert.Equal("zh-CN", (string?)root.Attribute(XNamespace.Xml + "lang"));
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", Texts(root).First(text => text.Name.LocalName == "title").Value);
        Assert.Equal(_names.GetValueOrDefault(diagram, []), Texts(root).SelectMany(PlainWords).Distinct().Order(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Prose_shows_the_diagram_of_its_language(string chapter)
    {
        foreach (var (cell, text) in TranslationTests.Prose(chapter))
        {
            var chinese = Shown(text);
            Assert.Equal(Shown(cell.Source).Select(file => file.Replace("images/", "images/zh-CN/", StringComparison.Ordinal)), chinese);
            Assert.All(chinese, file => Assert.True(File.Exists(Path.Combine(CourseTable.Folder, file)), $"{chapter}: cell '{cell.Id}' shows {file}, which is not there."));
        }
    }

    private static List<string> FilesIn(string folder)
        => [.. Directory.EnumerateFiles(folder, "*.svg").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static XElement Read(string folder, string diagram) => XElement.Load(Path.Combine(folder, diagram));

    private static IEnumerable<XElement> Texts(XElement root) => root.Descendants().Where(element => element.Name.LocalName is "text" or "title");

    // elements in order, with their attributes and with the texts that have no words, such as numbers
    private static List<string> Drawing(XElement root)
        => [.. root.DescendantsAndSelf().Select(element =>
        {
            var isText = element.Name.LocalName == "text";
            var attributes = element.Attributes()
                .Where(attribute => attribute.Name != XNamespace.Xml + "lang" && !(isText && _placing.Contains(attribute.Name.LocalName)));
            var content = isText && !WordPattern().IsMatch(element.Value) ? element.Value : "";
            return $"{new string(' ', element.Ancestors().Count())}{element.Name.LocalName} {string.Join(' ', attributes)} {content}";
        })];

    private static IEnumerable<string> PlainWords(XElement text)
        => NamePattern().Matches(text.Value).Select(match => match.Value).Where(word => PlainPattern().IsMatch(word));

    // pictures of solutions are translated when they are shown: FigureTextTests
    private static List<string> Shown(string markdown)
        => [.. ImagePattern().Matches(markdown).Select(match => match.Groups["file"].Value)];

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}|[A-Za-z]{2}")]
    private static partial Regex WordPattern();

    [GeneratedRegex("[A-Za-z][A-Za-z0-9_.-]+")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Za-z][a-z-]+$")]
    private static partial Regex PlainPattern();

    [GeneratedRegex(@"!\[[^\]]*\]\((?<file>images/(?!solutions/)[^)]+)\)")]
    private static partial Regex ImagePattern();
}
