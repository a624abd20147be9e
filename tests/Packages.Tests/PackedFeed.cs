using System.Reflection;

namespace Packages.Tests;

/// <summary>The packages, made once of what is built, and a person's home and folder to use them in. All of it is gone afterwards.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private static readonly string _configuration = typeof(PackedFeed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private readonly string _root = Directory.CreateTempSubdirectory("packages-").FullName;

    internal Shell Shell { get; private set; } = null!;

    /// <summary>The packages.</summary>
    internal string Feed => Path.Combine(_root, "feed");

    /// <summary>How often the door was compiled.</summary>
    internal int Compilations => File.Exists(CompilerLog) ? File.ReadAllLines(CompilerLog).Length : 0;

    private string CompilerLog => Path.Combine(_root, "compiled");

    public async Task InitializeAsync()
    {
        Shell = new Shell(Path.Combine(_root, "home"));
        Shell.Prepare();
        // as ./nb pack does, but of what is built already: other tests read it at the same time
        await new Shell(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)).RunAsync(
            Checkout.Root, $"dotnet pack Notebooks.sln --no-build --nologo --configuration {_configuration} --output '{Feed}'");
        await StandInForCompiler();
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    internal string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    /// <summary>
    /// Compiling the door takes minutes where other tests run. The build of the repository has done it, by the script that the package has too; here,
    /// who calls the compiler gets what it made then, and the call is counted.
    /// </summary>
    private async Task StandInForCompiler()
    {
        var native = Checkout.At("lib", "LibTorch");
        var door = (await Shell.RunAsync(native, "sh native/build-door.sh obj/door 2>/dev/null")).Trim();
        var cmake = Path.Combine(Shell.Programs, "cmake");
        File.WriteAllText(cmake, $"""
            #!/bin/sh
            [ "$1" = --build ] || exit 0
            echo once >> '{CompilerLog}'
            mkdir -p "$2" && cp '{Path.GetFullPath(door, native)}' "$2/libtorchdoor.so"
            """);
        await Shell.RunAsync(native, $"chmod +x '{cmake}'");
    }
}
