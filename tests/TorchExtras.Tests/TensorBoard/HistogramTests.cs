using System.Text.Json;
using TorchSharp.TensorBoard;
using static TorchSharp.torch;

namespace TorchSharp.Extras.Tests.TensorBoard;

// Expected bins: histograms.json, written by histograms.py with PyTorch's own make_histogram.
public sealed class HistogramTests : IDisposable
{
    private static readonly JsonElement _fixture =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TensorBoard", "histograms.json"))).RootElement;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, _fixture.GetProperty("cases").GetArrayLength())];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bins_equal_PyTorchs(int index)
    {
        var expected = _fixture.GetProperty("cases")[index];
        var values = Numbers(_fixture.GetProperty("values").GetProperty(expected.GetProperty("name").GetString()!));
        using var given = tensor(values);
        long? most = expected.GetProperty("max").ValueKind == JsonValueKind.Null ? null : expected.GetProperty("max").GetInt64();

        using (var writer = new SummaryWriter(_folder.Path))
            writer.add_histogram("h", given, 0, Rule(expected.GetProperty("bins").GetString()!), max_bins: most);

        var histogram = Assert.Single(TensorBoardFile.Values(_folder.Path)).Value.Only(5);
        Close(Numbers(expected.GetProperty("limits")), histogram.Doubles(6));
        Assert.Equal(Numbers(expected.GetProperty("buckets")), histogram.Doubles(7));
        Close(
            [.. new[] { "min", "maximum", "num", "sum", "squares" }.Select(name => expected.GetProperty(name).GetDouble())],
            [.. Enumerable.Range(1, 5).Select(histogram.Double)]);
    }

    [Fact]
    public void NaN_is_in_no_bin()
    {
        using var some = tensor(new[] { 1f, float.NaN, 1f });
        using var none = tensor(new[] { float.NaN });
        using (var writer = new SummaryWriter(_folder.Path))
        {
            writer.add_histogram("some", some, 0);
            Assert.Throws<ArgumentException>(() => writer.add_histogram("none", none, 0));
            Assert.Throws<ArgumentException>(() => writer.add_histogram("some", some, 0, HistogramBinSelector.Sqrt));
        }

        Assert.Equal([0, 2], Assert.Single(TensorBoardFile.Values(_folder.Path)).Value.Only(5).Doubles(7));
    }

    private static HistogramBinSelector? Rule(string bins) => bins == "Tensorflow" ? null : Enum.Parse<HistogramBinSelector>(bins);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Math.Max(1e-24, Math.Abs(pair.First) * 1e-9)));
    }
}
