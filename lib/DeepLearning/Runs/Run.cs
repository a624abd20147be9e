using System.Reflection;

namespace DeepLearning.Runs;

/// <summary>A combination of settings. Runs are equal if they have the same names and values in the same order.</summary>
/// <param name="Names">The names of the settings.</param>
/// <param name="Values">The values of the settings, in the same order: strings, numbers, booleans, enums, dates, null, and lists of these.</param>
/// <exception cref="ArgumentException">The numbers of names and values differ, two names are equal, or a value has another type.</exception>
public sealed record Run(IReadOnlyList<string> Names, IReadOnlyList<object?> Values)
{
    /// <summary>Gets the values of the settings, in the order of the names; enums as their names, sequences as lists.</summary>
    public IReadOnlyList<object?> Values { get; } = Kept(Names, Values);

    /// <summary>Returns the public properties of an object as settings, in the order of their declaration; a Run is returned unchanged.</summary>
    /// <example><c>Run.Of(new Setting(Lr: 0.01, BatchSize: 1000, Dropout: null, Widths: [64, 32]))</c></example>
    /// <param name="settings">
    /// A record, or an object of an anonymous type. Its properties are strings, numbers, booleans, enums, null, or lists of these. An enum is stored
    /// as its name.
    /// </param>
    /// <exception cref="ArgumentException">The type has no public properties, or a property has another type.</exception>
    public static Run Of<T>(T settings)
        where T : notnull
    {
        if (settings is Run run)
            return run;
        List<PropertyInfo> properties =
        [
            .. settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0),
        ];
        return properties.Count > 0
            ? new Run([.. properties.Select(property => property.Name)], [.. properties.Select(property => property.GetValue(settings))])
            : throw new ArgumentException($"A {settings.GetType().Name} has no settings, which are the public properties of a record.", nameof(settings));
    }

    /// <summary>Gets the value of a setting.</summary>
    /// <exception cref="KeyNotFoundException">The run has no setting with this name.</exception>
    /// <param name="name">The name of the setting.</param>
    public object? this[string name]
    {
        get
        {
            for (var i = 0; i < Names.Count; i++)
            {
                if (Names[i] == name)
                    return Values[i];
            }
            throw new KeyNotFoundException($"The run has no setting '{name}'; the settings are {string.Join(", ", Names)}.");
        }
    }

    /// <summary>Returns the value of a setting with its type.</summary>
    /// <typeparam name="T">The type; a nullable type, such as <c>double?</c>, accepts null.</typeparam>
    /// <exception cref="KeyNotFoundException">The run has no setting with this name.</exception>
    /// <exception cref="InvalidCastException">The value has another type.</exception>
    /// <param name="name">The name of the setting.</param>
    public T Get<T>(string name) => this[name] switch
    {
        T value => value,
        null when default(T) is null => default!,
        var other => throw new InvalidCastException(
            $"The setting '{name}' is {SettingValue.Quoted(other)}, {(other is null ? "" : $"a {other.GetType().Name} and ")}not a {typeof(T).Name}."),
    };

    /// <inheritdoc/>
    public bool Equals(Run? other) =>
        other is not null && Names.SequenceEqual(other.Names) && Values.SequenceEqual(other.Values, SettingValue.Comparer);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var name in Names)
            hash.Add(name);
        foreach (var value in Values)
            hash.Add(value, SettingValue.Comparer);
        return hash.ToHashCode();
    }

    /// <summary>Returns the settings in the format of Python's named tuples: <c>Run(lr=0.01, batch_size=1000)</c>.</summary>
    public override string ToString() => $"Run({string.Join(", ", Names.Zip(Values, (name, value) => $"{name}={SettingValue.Quoted(value)}"))})";

    internal static string Text(object? value) =>
        value as string ?? SettingValue.Quoted(value);

    internal IEnumerable<KeyValuePair<string, object?>> Settings() => Names.Zip(Values, KeyValuePair.Create);

    internal Run With(string name, object value) => new([.. Names, name], [.. Values, value]);

    internal Run Without(string name)
    {
        var kept = Settings().Where(setting => setting.Key != name).ToList();
        return new([.. kept.Select(setting => setting.Key)], [.. kept.Select(setting => setting.Value)]);
    }

    private static IReadOnlyList<object?> Kept(IReadOnlyList<string> names, IReadOnlyList<object?> values)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { Key: var name })
            throw new ArgumentException($"Two settings are named '{name}': rename one of them.", nameof(names));
        return names.Count == values.Count
            ? [.. names.Zip(values, SettingValue.Of)]
            : throw new ArgumentException($"There are {names.Count} names of settings but {values.Count} values.", nameof(values));
    }
}
