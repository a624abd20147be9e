using DeepLearning.Metrics;

namespace DeepLearning.Tests.Metrics;

public class ConfusionMatrixTests
{
    private static readonly ConfusionMatrix _matrix = ConfusionMatrix.Of([0, 0, 0, 1, 1, 2], [0, 1, 1, 1, 0, 1], ["shirt", "coat", "bag"]);

    [Fact]
    public void Rows_are_true_classes_and_columns_predicted_classes()
    {
        Assert.Equal([1, 2, 0, 1, 1, 0, 0, 1, 0], Enumerable.Range(0, 9).Select(i => _matrix[i / 3, i % 3]));
        Assert.Equal(2.0 / 6, _matrix.Accuracy);
    }

    [Fact]
    public void Normalized_counts_add_up_to_1()
    {
        Assert.Equal(2.0 / 3, _matrix.Normalized()[0, 1], 1e-12);
        Assert.Equal(2.0 / 4, _matrix.Normalized(Normalization.Predicted)[0, 1], 1e-12);
        Assert.Equal(2.0 / 6, _matrix.Normalized(Normalization.All)[0, 1], 1e-12);
        Assert.Equal(0, _matrix.Normalized(Normalization.Predicted)[0, 2]);
    }

    [Fact]
    public void The_most_confused_pairs_come_first_without_right_predictions()
        => Assert.Equal(
            [new Confusion("shirt", "coat", 2), new Confusion("coat", "shirt", 1), new Confusion("bag", "coat", 1)], _matrix.MostConfused());

    [Fact]
    public void A_matrix_has_a_table_and_a_text()
    {
        Assert.Equal(["actual", "shirt", "coat", "bag"], _matrix.Table().Columns.Select(column => column.Name));
        Assert.Equal("shirt   1   2   0\ncoat    1   1   0\nbag     0   1   0", _matrix.ToString());
    }

    [Fact]
    public void A_class_without_a_name_is_rejected_with_its_sample()
    {
        var error = Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0, 3], [0, 0], ["a", "b"]));
        Assert.Contains("Sample 1 is of class 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_without_predictions_are_rejected()
        => Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of([0, 1], [0], ["a", "b"]));
}
