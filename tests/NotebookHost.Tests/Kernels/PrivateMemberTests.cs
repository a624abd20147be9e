using System.Reflection;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookHost.Tests.Kernels;

/// <summary>
/// The host uses a few private members of the framework (FrameworkInternals, FormattingInternals). Another version may lack one: then this says which.
/// </summary>
public sealed class PrivateMemberTests
{
    private const BindingFlags Any = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Theory]
    [InlineData(typeof(Formatter), MemberTypes.Field, "OnFormatterEvent", typeof(Action<DisplayedValue>))]
    [InlineData(typeof(Formatter), MemberTypes.Field, "_defaultTypeFormatters", typeof(System.Collections.Concurrent.ConcurrentStack<ITypeFormatter>))]
    [InlineData(typeof(Formatter), MemberTypes.Method, "ClearComputedState", typeof(void))]
    [InlineData(typeof(Formatter), MemberTypes.Event, "Clearing", typeof(Action))]
    [InlineData(typeof(FormattedValue), MemberTypes.Field, "<MimeType>k__BackingField", typeof(string))]
    [InlineData(typeof(FormatContext), MemberTypes.Method, "set_Depth", typeof(void), typeof(int))]
    [InlineData(typeof(FormatContext), MemberTypes.Method, "get_IsStartingObjectWithinSequence", typeof(bool))]
    [InlineData(typeof(FormatContext), MemberTypes.Method, "set_IsStartingObjectWithinSequence", typeof(void), typeof(bool))]
    [InlineData(typeof(SubmitCode), MemberTypes.Field, "<SyntaxNode>k__BackingField", null)]
    [InlineData(typeof(KernelInvocationContext), MemberTypes.Method, "TryCancel", typeof(void))]
    public void The_framework_has_a_private_member_that_the_host_uses(Type owner, MemberTypes kind, string name, Type? type, params Type[] parameters)
    {
        var assembly = owner.Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var member = owner.GetMember(name, kind, Any).SingleOrDefault(found
            => found is not MethodInfo method || method.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual(parameters));

        Assert.True(
            member is not null,
            $"{assembly.GetName().Name} {version} has no {kind.ToString().ToLowerInvariant()} {owner.Name}.{name}, which lib/NotebookHost uses: "
            + "stay with the version before, or change FrameworkInternals.cs and FormattingInternals.cs.");
        var actual = member switch
        {
            FieldInfo field => field.FieldType,
            EventInfo declared => declared.EventHandlerType,
            MethodInfo method => method.ReturnType,
            _ => null,
        };
        Assert.True(type is null || type == actual, $"In {assembly.GetName().Name} {version}, {owner.Name}.{name} is of the type {actual}, and lib/NotebookHost expects {type}.");
    }
}
