namespace DeepLearning.Tests.Training;

/// <summary>The base class of tests that train on a small problem with a temporary folder.</summary>
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
