namespace TorchSharp.Utils;

/// <summary>The name of a module's part, where it is not to be the field's.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ComponentNameAttribute : Attribute
{
    public string? Name { get; set; }
}
