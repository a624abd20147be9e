using System.Globalization;

namespace DeepLearning.Runs;

/// <summary>One combination of settings.</summary>
/// <param name="Names">The settings' names.</param>
/// <param name="Values">Their values, in the same order.</param>
public sealed record Run(IReadOnlyList<string> Names, IReadOnlyList<object> Values)
{
    /// <summary>The value of a setting.</summary>
    /// <exception cref="KeyNotFoundException">The run has no setting of that name.</exception>
    public object this[string name]
    {
        get
        {
            for (var i = 0; i < Names.Count; i++)
            {
                if (Names[i] == name)
                    return Values[i];
            }
            throw new KeyNotFoundException($"The run has no setting '{name}'; it has {string.Join(", ", Names)}.");
        }
    }

    /// <summary>The value of a setting, as what it is.</summary>
    /// <exception cref="KeyNotFoundException">The run has no setting of that name.</exception>
    /// <exception cref="InvalidCastException">The value has another type.</exception>
    public T Get<T>(string name) => this[name] is T value
        ? value
        : throw new InvalidCastException($"The setting '{name}' is {Text(this[name])}, a {this[name].GetType().Name} and not a {typeof(T).Name}.");

    /// <summary>As Python shows the named tuple: <c>Run(lr=0.01, batch_size=1000)</c>.</summary>
    public override string ToString() => $"Run({string.Join(", ", Names.Zip(Values, (name, value) => $"{name}={Text(value)}"))})";

    private static string Text(object value) => value is string text ? $"'{text}'" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
