using DeepLearning.Data;
using static TorchSharp.torch;

namespace DeepLearning.Tests.Data;

public sealed class KFoldTests
{
    [Fact]
    public void Without_a_seed_folds_equal_those_of_scikit_learn()
    {
        // KFold(3).split(range(10))
        var table = new TableData("t", arange(10).to(ScalarType.Float32).reshape(10, 1), zeros(10, 1), ["x"], ["y"]);
        Assert.Equal(
            ["0 1 2 3", "4 5 6", "7 8 9"], table.KFold(3).Select(fold => Rows(fold.Validation)));
        Assert.Equal("0 1 2 3 7 8 9", Rows(table.KFold(3).ElementAt(1).Train));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_image_is_in_the_validation_images_of_one_fold(bool stratified)
    {
        var images = Images.OfIndices(25);
        List<long> validated = [];
        foreach (var (train, validation) in images.KFold(4, seed: 1, stratified))
        {
            Assert.Equal(25, train.Count + validation.Count);
            Assert.Empty(Images.Indices(train).Intersect(Images.Indices(validation)));
            Assert.InRange(validation.Count, 6, 7);
            validated.AddRange(Images.Indices(validation));
        }
        Assert.Equal(Enumerable.Range(0, 25).Select(i => (long)i), validated.Order());
        Assert.NotEqual(validated.Order(), validated);
        Assert.Equal(validated, images.KFold(4, seed: 1, stratified).SelectMany(fold => Images.Indices(fold.Validation)));
        Assert.NotEqual(validated, images.KFold(4, seed: 2, stratified).SelectMany(fold => Images.Indices(fold.Validation)));
    }

    [Fact]
    public void Stratified_folds_have_each_class_in_the_same_proportion()
    {
        var table = DataCsvTests.Small(ones: 20, zeros: 80);
        Assert.All(table.KFold(5, seed: 3, stratified: true), fold => Assert.Equal((20, 4f), (fold.Validation.Count, fold.Validation.Y.sum().item<float>())));
        Assert.All(table.KFold(5, stratified: true), fold => Assert.Equal(4f, fold.Validation.Y.sum().item<float>()));
    }

    [Fact]
    public void An_invalid_number_of_folds_is_rejected()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Images.OfIndices(5).KFold(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Images.OfIndices(5).KFold(6));
        var values = new TableData("t", rand(4, 1), rand(4, 1), ["x"], ["y"]);
        Assert.Throws<InvalidOperationException>(() => values.KFold(2, stratified: true));
    }

    private static string Rows(TableData table) => string.Join(' ', table.X.data<float>().ToArray());
}
