using System.Diagnostics;

namespace NotebookHost.Tests;

/// <summary>A test of signals, Unix shells or the words for how a Unix process ended. Windows has none of them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactOnUnixAttribute : FactAttribute
{
    public FactOnUnixAttribute() => Skip = Systems.NotUnix;
}

/// <inheritdoc cref="FactOnUnixAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryOnUnixAttribute : TheoryAttribute
{
    public TheoryOnUnixAttribute() => Skip = Systems.NotUnix;
}

/// <summary>A test that reads /proc, or calls functions of glibc.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactOnLinuxAttribute : FactAttribute
{
    public FactOnLinuxAttribute() => Skip = Systems.NotLinux;
}

/// <inheritdoc cref="FactOnLinuxAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryOnLinuxAttribute : TheoryAttribute
{
    public TheoryOnLinuxAttribute() => Skip = Systems.NotLinux;
}

/// <summary>What differs between operating systems.</summary>
internal static class Systems
{
    public static string? NotUnix { get; } = OperatingSystem.IsWindows() ? "Windows has no signals and no Unix shell." : null;

    public static string? NotLinux { get; } = OperatingSystem.IsLinux() ? null : "This test reads /proc or calls glibc.";

    /// <summary>Returns how to start dotnet so that it can be interrupted.</summary>
    public static ProcessStartInfo Dotnet(params IEnumerable<string> arguments) => OperatingSystem.IsLinux()
        // what a shell starts in the background ignores SIGINT, and so would what these tests start
        ? new ProcessStartInfo("env", ["--default-signal=INT,QUIT", "dotnet", .. arguments])
        : new ProcessStartInfo("dotnet", arguments);
}
