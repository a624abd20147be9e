namespace DeepLearning.Training.Callbacks;

/// <summary>A callback that decides in <see cref="Callback.OnResume"/> whether a resumed training stops, by its present settings.</summary>
internal interface IDecidesAgain;
