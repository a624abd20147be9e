using System.Text.Json.Serialization;

namespace Bench.Tutorials;

/// <summary>A finished training.</summary>
/// <param name="Training">The training's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="MaxEpochs">The number of epochs that it was set to.</param>
/// <param name="Epochs">The number of epochs that it trained: fewer where it stopped early.</param>
internal sealed record TutorialRun(string Training, long Seed, int MaxEpochs, int Epochs)
{
    /// <summary>Gets the accuracy on the training set while the last epoch trained, 0 to 1.</summary>
    public required double TrainingAccuracy { get; init; }

    /// <summary>Gets the accuracy on the test set at the end, 0 to 1.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Gets the highest accuracy on the test set after an epoch, 0 to 1.</summary>
    public required double BestTestAccuracy { get; init; }

    /// <summary>Gets the time of the training with its tests, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Gets the machine that it ran on.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Gets the versions that it ran with.</summary>
    public string Versions { get; init; } = "";

    /// <summary>Returns the score that the tutorial reports, 0 to 1.</summary>
    public double Reported(ReportedScore score) => score switch
    {
        ReportedScore.LastTraining => TrainingAccuracy,
        ReportedScore.BestTest => BestTestAccuracy,
        _ => TestAccuracy,
    };

    /// <summary>Gets what makes a run the same as another one.</summary>
    [JsonIgnore]
    public (string Training, long Seed, int MaxEpochs) Key => (Training, Seed, MaxEpochs);
}
