namespace DeepLearning.Training.Callbacks;

/// <summary>A callback that checks its stop condition again in <see cref="Callback.OnResume"/>, with its current settings.</summary>
internal interface IRechecksOnResume;
