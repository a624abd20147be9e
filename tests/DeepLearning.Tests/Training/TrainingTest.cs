namespace DeepLearning.Tests.Training;

/// <summary>The base of tests that train on a small problem and write into a folder of their own.</summary>
public abstract class TrainingTest : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    internal TwoClasses Problem { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        Problem.Dispose();
        GC.SuppressFinalize(this);
    }
}
