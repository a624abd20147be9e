namespace DeepLearning.Data;

/// <summary>One fold of a cross-validation.</summary>
/// <typeparam name="T">The type of the data.</typeparam>
/// <param name="Train">The training data: all data except for this fold.</param>
/// <param name="Validation">The validation data: the data of this fold.</param>
public readonly record struct Fold<T>(T Train, T Validation);
