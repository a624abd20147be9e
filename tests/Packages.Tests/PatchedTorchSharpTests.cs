namespace Packages.Tests;

[Collection(OnePacking.Name)]
public sealed class PatchedTorchSharpTests(PackedFeed packed)
{
    private const string Message = "TorchSharp: this system's libstdc++ is older than GCC 13's";

    [Fact]
    public async Task A_project_with_the_extras_alone_runs_on_patched_copies_and_the_build_says_when_it_patches_the_native_library()
    {
        var folder = packed.NewFolder("extras");
        File.WriteAllText(Path.Combine(folder, "Extras.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TorchNotebooks.TorchExtras" Version="0.2.*" />
                <PackageReference Include="TorchSharp-cpu" Version="0.107.0" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            Console.WriteLine($"sum {TorchSharp.torch.ones(2, 3).sum().item<float>()}");
            Console.WriteLine(typeof(TorchSharp.torch.Tensor).GetMethod("relu")!.MethodImplementationFlags.HasFlag(System.Reflection.MethodImplAttributes.NoOptimization));
            """);
        await packed.Shell.RunAsync(folder, $"dotnet restore -p:RestoreAdditionalProjectSources='{packed.Feed}'");

        var first = await packed.Shell.RunAsync(folder, "dotnet build --no-restore --nologo");
        var second = await packed.Shell.RunAsync(folder, "dotnet build --no-restore --nologo");
        var output = await packed.Shell.RunAsync(folder, "dotnet run --no-build");

        var patched = Directory.Exists(Path.Combine(folder, "obj", "old-libstdcxx"));
        Assert.Equal(patched, first.Contains(Message, StringComparison.Ordinal));
        Assert.DoesNotContain(Message, second, StringComparison.Ordinal);
        Assert.Equal("sum 6\nTrue\n", output);
    }
}
