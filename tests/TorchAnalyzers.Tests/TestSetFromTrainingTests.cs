using Check = TorchAnalyzers.Tests.Verify<TorchAnalyzers.Rules.TestSetFromTraining>;

namespace TorchAnalyzers.Tests;

public sealed class TestSetFromTrainingTests
{
    [Theory]
    [InlineData("""
        var testSet = Data.Load(train: [|true|]);
        static class Data { public static Tensor Load(bool train, string root = "") => torch.rand(2); }
        """)]
    [InlineData("""
        var test = Data.Load([|true|]).reshape(2);
        static class Data { public static Tensor Load(bool train, string root = "") => torch.rand(2); }
        """)]
    [InlineData("""
        Tensor TestImages = Data.Load([|true|], "x");
        static class Data { public static Tensor Load(bool train, string root = "") => torch.rand(2); }
        """)]
    public Task A_test_set_of_training_data_is_found(string source) => Check.FindsAsync(source);

    [Theory]
    [InlineData("""
        var testSet = Data.Load(train: false);
        static class Data { public static Tensor Load(bool train, string root = "") => torch.rand(2); }
        """)]
    [InlineData("""
        var trainSet = Data.Load(train: true);
        static class Data { public static Tensor Load(bool train, string root = "") => torch.rand(2); }
        """)]
    [InlineData("""
        var validation = Data.Load(train: true)[..1];
        static class Data { public static Tensor Load(bool train, string root = "") => torch.rand(2); }
        """)]
    [InlineData("""
        var train = true; var testSet = Data.Load(train: DateTime.Now.Year > train.CompareTo(false));
        static class Data { public static Tensor Load(bool train, string root = "") => torch.rand(2); }
        """)]
    [InlineData("""
        var tested = 1; var test = tested;
        static class Data { public static Tensor Load(bool train, string root = "") => torch.rand(2); }
        """)]
    [InlineData("""
        Func<Tensor> testOf = () => Data.Load(true);
        static class Data { public static Tensor Load(bool train, string root = "") => torch.rand(2); }
        """)]
    public Task Other_sets_are_not(string source) => Check.IsSilentAsync(source);
}
