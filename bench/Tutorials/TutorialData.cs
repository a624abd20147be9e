using Bench.Measurement;
using DeepLearning.Data;

namespace Bench.Tutorials;

/// <summary>The data of a training run, in the batches of the tutorial.</summary>
/// <param name="Train">The training set.</param>
/// <param name="Test">The test set, which the tutorials also use for validation.</param>
/// <param name="IsTestedEachEpoch">Whether the test set is measured after each epoch, or only once at the end.</param>
internal sealed record TutorialData(IBatches Train, IBatches Test, bool IsTestedEachEpoch) : IDisposable
{
    private const int TestBatchSize = 1000;

    private TableData? _table;

    /// <summary>Returns Fashion-MNIST, from 0 to 1.</summary>
    public static TutorialData Fashion(int batchSize, bool shuffle = true) =>
        Images(train => FashionMnist.Load(train), batchSize, shuffle, PixelScale.ZeroToOne);

    /// <summary>Returns MNIST, from 0 to 1 or normalized.</summary>
    public static TutorialData Digits(int batchSize, bool shuffle = true, bool isNormalized = false) =>
        Images(train => Mnist.Load(train), batchSize, shuffle, isNormalized ? PixelScale.Normalized(0.1307, 0.3081) : PixelScale.ZeroToOne);

    /// <summary>Returns 10,000 samples with three inputs, of which 7,000 are for training.</summary>
    public static TutorialData ThreeClasses() => Rows(DeepLearning.Data.ThreeClasses.Make(), batchSize: null);

    /// <summary>Returns the generated table that replaces the tutorial's Data.csv, of which 70 % is for training.</summary>
    public static TutorialData Table(int? batchSize)
    {
        var folder = Directory.CreateTempSubdirectory("bench-tutorials-");
        try
        {
            return Rows(DataCsv.Load(Path.Combine(folder.FullName, "Data.csv"), report: _ => { }), batchSize);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Dispose()
    {
        _table?.X.Dispose();
        _table?.Y.Dispose();
    }

    private static TutorialData Rows(TableData table, int? batchSize)
    {
        var (train, test) = table.Split([0.7, 0.3]);
        return new TutorialData(train.Batches(batchSize, shuffle: batchSize is not null), test.Batches(), IsTestedEachEpoch: false) { _table = table };
    }

    private static TutorialData Images(Func<bool, ImageDataset> load, int batchSize, bool shuffle, PixelScale scale)
    {
        var (train, test) = (RealImages.Require(load(true)), RealImages.Require(load(false)));
        return new TutorialData(
            new BatchLoader(train, batchSize, shuffle, scale: scale), new BatchLoader(test, TestBatchSize, scale: scale), IsTestedEachEpoch: true);
    }
}
