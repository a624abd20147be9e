using System.Reflection;

namespace DeepLearning.Display;

/// <summary>
/// Registers formatters of other libraries' types with the notebook kernel of this process. Such types cannot have the attribute with which kernels
/// find the formatters of this library's types, and this library does not reference a kernel: if Microsoft.DotNet.Interactive.Formatting is loaded,
/// its <c>Formatter.Register</c> is called by name.
/// </summary>
internal static class KernelFormatters
{
    /// <summary>Registers formatters of a type with the kernels of this process. Without a kernel, the method does nothing.</summary>
    /// <param name="type">The type.</param>
    /// <param name="formatters">The functions that format a value, by MIME type, with the preferred MIME type first.</param>
    public static void Register(Type type, IReadOnlyList<(string MimeType, Func<object, string> Render)> formatters)
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.GetName().Name == "Microsoft.DotNet.Interactive.Formatting"
                && assembly.GetType("Microsoft.DotNet.Interactive.Formatting.Formatter") is { } formatter)
            {
                Register(formatter, type, formatters);
            }
        }
    }

    /// <summary>Registers formatters with a class that has the members of <c>Formatter</c>, for tests.</summary>
    public static void Register(Type formatter, Type type, IReadOnlyList<(string MimeType, Func<object, string> Render)> formatters)
    {
        var register = formatter.GetMethod("Register", BindingFlags.Public | BindingFlags.Static, [typeof(Type), typeof(Action<object, TextWriter>), typeof(string)]);
        var prefer = formatter.GetMethod("SetPreferredMimeTypesFor", BindingFlags.Public | BindingFlags.Static, [typeof(Type), typeof(string[])]);
        if (register is null || prefer is null)
            return;
        foreach (var (mimeType, render) in formatters)
        {
            Action<object, TextWriter> write = (value, writer) => writer.Write(render(value));
            register.Invoke(null, [type, write, mimeType]);
        }
        prefer.Invoke(null, [type, formatters.Select(entry => entry.MimeType).ToArray()]);
    }
}
