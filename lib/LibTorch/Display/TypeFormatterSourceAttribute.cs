namespace TorchSharp.Display;

/// <summary>Names the formatters of a type. Notebook kernels look it up by its name, so that no reference to a kernel is needed.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}
