namespace Packages.Tests;

/// <summary>The packages, made once from the sources, and a person's home and folder to use them in. All of it is deleted afterward.</summary>
public sealed class PackedFeed : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("packages-").FullName;

    internal Shell Shell { get; private set; } = null!;

    /// <summary>Gets the folder with the packages.</summary>
    internal string Feed => Path.Combine(_root, "feed");

    public async Task InitializeAsync()
    {
        Shell = new Shell(Path.Combine(_root, "home"));
        Shell.Prepare();
        // as nb pack does; the packages are built in folders of their own, so that other tests can read the output
        await new Shell(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)).RunAsync(
            Checkout.Root, $"dotnet pack packaging/Packages.slnf --nologo --configuration Release --output '{Feed}'");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    internal string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;
}
