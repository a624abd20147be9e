using System.Text.Json;
using DeepLearning.Metrics;

namespace DeepLearning.Tests.Metrics;

// Against scikit-learn 1.2.1, by scikit_learn.py.
public class ScikitLearnTests
{
    private static readonly JsonElement _fixtures =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "scikit_learn.json"))).RootElement;

    [Fact]
    public void A_thousand_reports_equal_scikit_learns()
    {
        var sets = _fixtures.GetProperty("reports").EnumerateArray().ToList();
        Assert.Equal(1000, sets.Count);
        foreach (var set in sets)
        {
            var report = ClassificationReport.Of(Digits(set[0]), Digits(set[1]), zeroDivision: set[2].GetInt32());
            double[] found =
            [
                .. report.Classes.Append(report.MacroAverage).Append(report.WeightedAverage)
                    .SelectMany(scores => new[] { scores.Precision, scores.Recall, scores.F1 }),
            ];
            Assert.Equal(set[3].GetDouble(), report.Accuracy, 1e-12);
            AssertClose(set[4], found);
        }
    }

    [Fact]
    public void The_text_of_a_report_equals_scikit_learns()
    {
        foreach (var text in _fixtures.GetProperty("texts").EnumerateArray())
        {
            string[] names = [.. text[2].EnumerateArray().Select(name => name.GetString()!)];
            Assert.Equal(text[3].GetString(), ClassificationReport.Of(Digits(text[0]), Digits(text[1]), names).ToString());
        }
    }

    [Fact]
    public void Roc_curves_and_their_areas_equal_scikit_learns()
    {
        foreach (var curve in _fixtures.GetProperty("curves").EnumerateArray())
        {
            var roc = BinaryCurves.Roc(Truths(curve), Numbers(curve, "scores"));
            AssertClose(curve.GetProperty("false"), [.. roc.Points.Select(point => point.FalsePositiveRate)]);
            AssertClose(curve.GetProperty("true"), [.. roc.Points.Select(point => point.TruePositiveRate)]);
            Assert.Equal(curve.GetProperty("area").GetDouble(), roc.Area, 1e-9);
        }
    }

    [Fact]
    public void Precision_against_recall_equals_scikit_learns_except_for_its_additional_point()
    {
        foreach (var curve in _fixtures.GetProperty("curves").EnumerateArray())
        {
            var found = BinaryCurves.PrecisionRecall(Truths(curve), Numbers(curve, "scores"));
            AssertClose(curve.GetProperty("thresholds"), [.. found.Points.Select(point => point.Threshold)]);
            AssertClose(curve.GetProperty("precision"), [.. found.Points.Select(point => point.Precision), 1]);
            AssertClose(curve.GetProperty("recall"), [.. found.Points.Select(point => point.Recall), 0]);
            Assert.Equal(curve.GetProperty("average_precision").GetDouble(), found.AveragePrecision, 1e-9);
        }
    }

    private static void AssertClose(JsonElement expected, double[] actual)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Length);
        foreach (var (wanted, found) in expected.EnumerateArray().Select(value => value.GetDouble()).Zip(actual))
            Assert.Equal(wanted, found, 1e-6);
    }

    private static long[] Digits(JsonElement text) => [.. text.GetString()!.Select(digit => (long)(digit - '0'))];

    private static bool[] Truths(JsonElement curve) => [.. curve.GetProperty("labels").EnumerateArray().Select(label => label.GetBoolean())];

    private static double[] Numbers(JsonElement curve, string name) => [.. curve.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
