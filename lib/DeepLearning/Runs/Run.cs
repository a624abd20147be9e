using System.Globalization;
using System.Reflection;

namespace DeepLearning.Runs;

/// <summary>One combination of settings.</summary>
/// <param name="Names">The settings' names.</param>
/// <param name="Values">Their values, in the same order.</param>
public sealed record Run(IReadOnlyList<string> Names, IReadOnlyList<object> Values)
{
    /// <summary>Settings of a type of one's own, by the names of its properties, in their order; a Run is one already.</summary>
    /// <example><c>Run.Of(new Setting(Lr: 0.01, BatchSize: 1000))</c></example>
    /// <exception cref="ArgumentException">The type has no public properties, or one of them is null or no text, number, truth value or enum.</exception>
    public static Run Of<T>(T settings)
        where T : notnull
    {
        if (settings is Run run)
            return run;
        var properties = settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance);
        return properties.Length > 0
            ? new Run([.. properties.Select(property => property.Name)], [.. properties.Select(property => Plain(property, settings))])
            : throw new ArgumentException($"A {settings.GetType().Name} has no settings: they are the public properties of a record.", nameof(settings));
    }

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
        : throw new InvalidCastException($"The setting '{name}' is {Quoted(this[name])}, a {this[name].GetType().Name} and not a {typeof(T).Name}.");

    /// <summary>As Python shows the named tuple: <c>Run(lr=0.01, batch_size=1000)</c>.</summary>
    public override string ToString() => $"Run({string.Join(", ", Names.Zip(Values, (name, value) => $"{name}={Quoted(value)}"))})";

    internal static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    internal Run With(string name, object value) => new([.. Names, name], [.. Values, value]);

    internal Run Without(string name)
    {
        var kept = Names.Zip(Values).Where(setting => setting.First != name).ToList();
        return new([.. kept.Select(setting => setting.First)], [.. kept.Select(setting => setting.Second)]);
    }

    private static object Plain(PropertyInfo property, object settings) => property.GetValue(settings) switch
    {
        { } plain and (string or bool or int or long or double or float) => plain,
        Enum value => value.ToString(),
        null => throw new ArgumentException($"The setting '{property.Name}' is null: a run is found again by its settings, so give it a value.", nameof(settings)),
        var other => throw new ArgumentException(
            $"The setting '{property.Name}' is a {other.GetType().Name}: settings are texts, numbers, truth values and enums.", nameof(settings)),
    };

    private static string Quoted(object value) => value is string text ? $"'{text}'" : Text(value);
}
