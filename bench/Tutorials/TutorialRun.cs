using System.Text.Json.Serialization;

namespace Bench.Tutorials;

/// <summary>A finished training run.</summary>
/// <param name="Training">The name of the training.</param>
/// <param name="Seed">The seed.</param>
/// <param name="MaxEpochs">The configured number of epochs.</param>
/// <param name="Epochs">The number of trained epochs, which is lower after early stopping.</param>
internal sealed record TutorialRun(string Training, long Seed, int MaxEpochs, int Epochs)
{
    /// <summary>Gets the accuracy on the training set during the last epoch, 0 to 1.</summary>
    public required double TrainingAccuracy { get; init; }

    /// <summary>Gets the accuracy on the test set at the end, 0 to 1.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Gets the highest accuracy on the test set after an epoch, 0 to 1.</summary>
    public required double BestTestAccuracy { get; init; }

    /// <summary>Gets the duration of training and tests, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Gets the machine of the run.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Gets the versions of the run.</summary>
    public string Versions { get; init; } = "";

    /// <summary>Returns the score that the tutorial reports, 0 to 1.</summary>
    public double Reported(ReportedScore score) => score switch
    {
        ReportedScore.LastTraining => TrainingAccuracy,
        ReportedScore.BestTest => BestTestAccuracy,
        _ => TestAccuracy,
    };

    /// <summary>Gets the key that identifies a run.</summary>
    [JsonIgnore]
    public (string Training, long Seed, int MaxEpochs) Key => (Training, Seed, MaxEpochs);
}
