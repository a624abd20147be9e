using DeepLearning.Metrics;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Metrics;

public sealed class TargetTests
{
    private static readonly Dictionary<string, Func<Metric>> _ofClasses = new()
    {
        ["Accuracy"] = () => Metric.Accuracy,
        ["TopAccuracy"] = () => Metric.TopAccuracy(2),
        ["precision"] = () => Metric.Precision(),
        ["recall"] = () => Metric.Recall(ClassAverage.Weighted),
        ["f1"] = () => Metric.F1(ClassAverage.Micro),
    };

    private static readonly Dictionary<string, Func<Metric>> _ofTwoValues = new()
    {
        ["BinaryAccuracy"] = () => Metric.BinaryAccuracy(),
        ["auc"] = Metric.Auc,
        ["average precision"] = Metric.AveragePrecision,
        ["f1"] = () => Metric.F1(),
        ["mae"] = () => Metric.MeanAbsoluteError,
    };

    public static TheoryData<string> OfClasses => [.. _ofClasses.Keys];

    public static TheoryData<string> OfTwoValues => [.. _ofTwoValues.Keys];

    [Theory]
    [MemberData(nameof(OfClasses))]
    public void A_target_that_is_no_class_of_the_outputs_is_rejected_with_its_place(string name)
    {
        foreach (var (type, wrong) in new[] { (ScalarType.Int64, 3), (ScalarType.Int64, -1), (ScalarType.Int32, 3), (ScalarType.Int64, -100) })
        {
            using var scope = NewDisposeScope();
            using var metric = _ofClasses[name]();
            var targets = tensor(new[] { 0, 2, wrong, 1 }).to(type);
            var error = Assert.Throws<ArgumentException>(() => metric.Update(randn(4, 3), targets));
            Assert.Equal($"{name} takes the index of a class, 0 to 2, as each target; target 2 is {wrong}.", error.Message);
            Assert.Throws<ArgumentException>(() => metric.Update(randn(4, 3), targets, ones(4)));
            Assert.Equal(double.NaN, metric.Compute());
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Int64)]
    public void Labels_1_and_2_are_rejected_where_0_and_1_are_expected(ScalarType type)
    {
        foreach (var (name, create) in _ofTwoValues.Where(entry => entry.Key != "mae"))
        {
            using var scope = NewDisposeScope();
            using var metric = create();
            var error = Assert.Throws<ArgumentException>(() => metric.Update(rand(3), tensor(new[] { 1, 2, 1 }).to(type)));
            Assert.Equal($"{name} takes 0 or 1 as each target; target 1 is 2.", error.Message);
        }
    }

    [Theory]
    [MemberData(nameof(OfTwoValues))]
    public void Boolean_targets_are_0_and_1(string name)
    {
        using var scope = NewDisposeScope();
        var outputs = tensor(new[] { 0.9f, 0.2f, 0.6f, 0.4f });
        var targets = tensor(new[] { true, false, false, true });
        using var booleans = _ofTwoValues[name]();
        using var numbers = _ofTwoValues[name]();
        booleans.Update(outputs, targets);
        numbers.Update(outputs, targets.to(float32));
        Assert.Equal(numbers.Compute(), booleans.Compute());
    }

    [Theory]
    [MemberData(nameof(OfClasses))]
    public void An_empty_batch_changes_nothing(string name)
    {
        using var scope = NewDisposeScope();
        using var metric = _ofClasses[name]();
        metric.Update(zeros(0, 3), zeros(0, int64));
        Assert.Equal(double.NaN, metric.Compute());
        metric.Update(eye(3), arange(3));
        metric.Update(zeros(0, 3), zeros(0, int64));
        Assert.Equal(1, metric.Compute());
    }
}
