using System.Reflection;

namespace TorchSharp.Extras.Tests.Worker;

/// <summary>Marks a static method <c>void Name(string[] arguments)</c> as a scenario that tests start by name.</summary>
/// <param name="name">The scenario's name.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScenarioAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>The scenarios of this program: all marked methods in all files.</summary>
internal static class Scenarios
{
    public static Action<string[]> Find(string name)
    {
        var methods = typeof(Scenarios).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.GetCustomAttribute<ScenarioAttribute>()?.Name == name)
            .ToList();
        return methods is [var method]
            ? method.CreateDelegate<Action<string[]>>()
            : throw new ArgumentException($"There are {methods.Count} scenarios named '{name}'; one is expected.");
    }
}
