using DeepLearning.Charts;
using static DeepLearning.Tests.Charts.Figures;

namespace DeepLearning.Tests.Charts;

public sealed class TicksTests
{
    private static IEnumerable<string> Labels(double min, double max, AxisFormat format = AxisFormat.Number) =>
        Of(new Panel { Y = new Axis { Format = format } }, new Scatter("a", [1, 2], [min, max])).Svg().TicksOf("y").Select(tick => tick.Value);

    [Fact]
    public void Ticks_are_round_numbers_with_as_many_decimals_as_they_need()
    {
        Assert.Equal(["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], Labels(0, 1));
        Assert.Equal(["0", "50", "100", "150", "200"], Labels(0, 230));
        Assert.Equal(["-0.04", "-0.02", "0.00", "0.02", "0.04"], Labels(-0.05, 0.05));
    }

    [Fact]
    public void Fractions_are_displayed_as_percentages()
    {
        Assert.Equal(["76 %", "78 %", "80 %", "82 %", "84 %"], Labels(0.763, 0.856, AxisFormat.Percent));
        Assert.Equal(["98.0 %", "98.2 %", "98.4 %", "98.6 %", "98.8 %", "99.0 %", "99.2 %"], Labels(0.98, 0.993, AxisFormat.Percent));
    }

    [Fact]
    public void Integer_axes_have_no_ticks_between_integers()
    {
        Assert.Equal(["1", "2", "3"], Labels(1, 3, AxisFormat.Whole));
        Assert.Empty(Labels(1.2, 1.4, AxisFormat.Whole));
    }

    [Fact]
    public void Very_large_and_very_small_numbers_have_exponents()
    {
        Assert.Equal(["0", "1e6", "2e6", "3e6", "4e6"], Labels(0, 4e6));
        Assert.Equal(["0", "2e-7", "4e-7", "6e-7"], Labels(0, 7e-7));
    }

    [Theory]
    [InlineData(1e-12, 1e12)]
    [InlineData(0.1, 0.1000001)]
    [InlineData(-1e-5, 7)]
    public void There_are_always_several_distinct_ticks(double min, double max)
    {
        var labels = Labels(min, max).ToList();

        Assert.InRange(labels.Count, 2, 8);
        Assert.Equal(labels.Count, labels.Distinct().Count());
    }

    [Theory]
    [InlineData(1, 1000, "1, 10, 100, 1E+03")]
    [InlineData(1e-10, 1e10, "1E-09, 1E-06, 0.001, 1, 1E+03, 1E+06, 1E+09")]
    [InlineData(2, 30, "2, 5, 10, 20")]
    public void Powers_of_ten_are_skipped_evenly_if_there_are_many(double min, double max, string labels)
    {
        Assert.Equal(labels, string.Join(", ", Ticks.Of(new Axis { IsLogarithmic = true }, min, max, 7).Labels));
    }
}
