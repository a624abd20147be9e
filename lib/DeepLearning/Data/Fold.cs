namespace DeepLearning.Data;

/// <summary>One fold of a cross-validation.</summary>
/// <typeparam name="T">The type of the data.</typeparam>
/// <param name="Train">The data to train on: all but this fold's.</param>
/// <param name="Validation">The data of this fold.</param>
public readonly record struct Fold<T>(T Train, T Validation);
