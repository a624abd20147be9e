using System.IO.Compression;

namespace NotebookHost.Tests;

/// <summary>Packages are made here and restored from a folder, with a package folder of their own: no network is needed.</summary>
[Collection(OneAtATime.Name)]
public sealed class PackageTests : SessionFixture
{
    public PackageTests()
    {
        Folder.Write("NuGet.config", """
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="here" value="feed" /></packageSources>
            </configuration>
            """);
        Directory.CreateDirectory(Folder["feed"]);
        Directory.CreateDirectory(Folder["other"]);
        Directory.CreateDirectory(Folder["build"]);
        var library = SampleAssemblies.Compile(Folder["build"], "Greeting", """
            namespace Greeting;
            public static class Greeter
            {
                public static string Hello => "hello";
                [System.Runtime.InteropServices.DllImport("packaged-native", EntryPoint = "SystemNative_GetPid")]
                public static extern int ProcessId();
            }
            """);
        SampleAssemblies.AddNative(Folder["build"], "packaged-native");
        Pack("feed", "Sample.Greeting", "1.2.0", library);
        Pack("feed", "Sample.Another", "2.0.0", library: null);
        Pack("other", "Sample.Elsewhere", "1.0.0", library: null);
    }

    [Fact]
    public async Task A_package_is_restored_with_its_natives_and_said_to_be_installed()
    {
        var sink = await Run("#r \"nuget: Sample.Greeting, 1.2.0\"\nGreeting.Greeter.Hello + Greeting.Greeter.ProcessId()");

        Assert.Equal(
            ["display: Restoring Sample.Greeting …", "update: Installed Sample.Greeting 1.2.0", $"result: hello{Environment.ProcessId}"],
            sink.Outputs.Where(output => !output.StartsWith("update: Restoring", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_newest_version_is_taken_where_none_is_named()
    {
        Assert.Contains("update: Installed Sample.Greeting 1.2.0", (await Run("#r \"nuget: Sample.Greeting\"")).Outputs);
        Assert.Equal("hello", await Result("Greeting.Greeter.Hello"));
    }

    [Fact]
    public async Task What_was_restored_once_needs_no_feed()
    {
        await Run("#r \"nuget: Sample.Greeting, 1.2.0\"");
        Directory.Delete(Folder["feed"], recursive: true);

        using var later = new NotebookHost.Kernels.CSharpSession(new() { WorkingDirectory = Folder.Path, PackageCache = Folder["cache"] });
        var sink = new RecordingSink();
        await later.RunAsync("#r \"nuget: Sample.Greeting, 1.2.0\"\nGreeting.Greeter.Hello", sink);

        Assert.Equal("hello", sink.ResultText);
    }

    [Fact]
    public async Task A_native_library_that_a_packages_targets_replace_is_the_one_that_is_loaded()
    {
        // the package's own file is text, so it cannot be loaded
        Pack("feed", "Sample.Replaced", "1.0.0", SampleAssemblies.Compile(Folder["build"], "Replaced", """
            public static class Replaced
            {
                [System.Runtime.InteropServices.DllImport("packaged-native", EntryPoint = "SystemNative_GetPid")]
                public static extern int ProcessId();
            }
            """), native: Folder.Write("broken", "no library"), targets: $"""
            <Project>
              <Target Name="Replace" AfterTargets="ResolvePackageAssets">
                <ItemGroup>
                  <NativeCopyLocalItems Remove="@(NativeCopyLocalItems)" />
                  <NativeCopyLocalItems Include="{Folder["build/libpackaged-native.so"]}" />
                </ItemGroup>
              </Target>
            </Project>
            """);

        Assert.Equal($"{Environment.ProcessId}", (await Run("#r \"nuget: Sample.Replaced, 1.0.0\"\nReplaced.ProcessId()")).ResultText);
    }

    [Fact]
    public async Task TorchSharp_is_loaded_from_a_copy_whose_methods_keep_their_arguments_alive()
    {
        Pack("feed", "Sample.Torch", "1.0.0", SampleAssemblies.Compile(Folder["build"], "TorchSharp", """
            public static class Torch
            {
                [System.Runtime.InteropServices.DllImport("native")]
                private static extern int Native(nint handle);
                public static int Call(object argument) => Native(argument.GetHashCode());
                public static int Other(object argument) => argument.GetHashCode();
            }
            """));
        const string Code = """
            #r "nuget: Sample.Torch, 1.0.0"
            string Flags(string name) => typeof(Torch).GetMethod(name).MethodImplementationFlags.ToString("d");
            $"{Flags("Call")} / {Flags("Other")}"
            """;

        // NoInlining and NoOptimization
        Assert.Equal("72 / 0", (await Run(Code)).ResultText);
        // the same from what was restored before
        using var later = new NotebookHost.Kernels.CSharpSession(new() { WorkingDirectory = Folder.Path, PackageCache = Folder["cache"] });
        var sink = new RecordingSink();
        await later.RunAsync(Code, sink);
        Assert.Equal("72 / 0", sink.ResultText);
    }

    [Fact]
    public async Task Native_libraries_of_several_packages_lie_beside_one_another()
    {
        Pack("feed", "Sample.First", "1.0.0", SampleAssemblies.Compile(Folder["build"], "First", "public static class First;"), native: Folder.Write("one", "1"));
        Pack("feed", "Sample.Second", "1.0.0", SampleAssemblies.Compile(Folder["build"], "Second", "public static class Second;"), native: Folder.Write("two", "2"), nativeName: "libother.so");

        await Run("#r \"nuget: Sample.First, 1.0.0\"\n#r \"nuget: Sample.Second, 1.0.0\"");

        var folder = Assert.Single(Directory.GetDirectories(Folder["cache"], "natives", SearchOption.AllDirectories));
        Assert.Equal("1", File.ReadAllText(Path.Combine(folder, "libpackaged-native.so")));
        Assert.Equal("2", File.ReadAllText(Path.Combine(folder, "libother.so")));
    }

    [Fact]
    public async Task A_feed_may_be_named()
    {
        Assert.Contains("update: Installed Sample.Elsewhere 1.0.0", (await Run($"#i \"nuget: {Folder["other"]}\"\n#r \"nuget: Sample.Elsewhere\"")).Outputs);
    }

    [Fact]
    public async Task Several_packages_are_restored_together_and_one_after_another()
    {
        var first = await Run($"#i \"nuget: {Folder["other"]}\"\n#r \"nuget: Sample.Greeting, 1.2.0\"\n#r \"nuget: Sample.Elsewhere, 1.0.0\"");
        Assert.Contains("update: Installed Sample.Greeting 1.2.0, Sample.Elsewhere 1.0.0", first.Outputs);

        var second = await Run("#r \"nuget: Sample.Another, 2.0.0\"\nGreeting.Greeter.Hello");
        Assert.Contains("update: Installed Sample.Another 2.0.0", second.Outputs);
    }

    [Fact]
    public async Task A_feed_that_is_gone_does_not_keep_packages_of_other_feeds_away()
    {
        var sink = await Run("#i \"nuget: https://127.0.0.1:9/index.json\"\n#r \"nuget: Sample.Greeting, 1.2.0\"");
        Assert.Contains("update: Installed Sample.Greeting 1.2.0", sink.Outputs);

        var missing = (await Fail("#r \"nuget: Sample.Missing\"")).Message;
        Assert.StartsWith("NU1101: Unable to find package Sample.Missing", missing, StringComparison.Ordinal);
        Assert.Contains("NU1301", missing, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1:9/index.json", "warning: the feed https://127.0.0.1:9/index.json cannot be reached and is skipped")]
    [InlineData("/nowhere/feed", "warning: the feed /nowhere/feed cannot be reached and is skipped")]
    [InlineData("http://127.0.0.1:9/index.json", "warning: the feed http://127.0.0.1:9/index.json is skipped: only https feeds are supported")]
    public async Task A_feed_that_is_passed_over_is_named_once(string feed, string warning)
    {
        var sink = await Run($"#i \"nuget: {feed}\"\n#r \"nuget: Sample.Another\"");

        Assert.Equal($"err: {warning}\n", Assert.Single(sink.Outputs, output => output.StartsWith("err", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Another_version_than_the_one_asked_for_is_one_warning_with_both()
    {
        var cell = "#r \"nuget: Sample.Greeting, 1.1.0\"\nGreeting.Greeter.Hello";
        const string Warning = "err: warning: no feed has Sample.Greeting 1.1.0; 1.2.0 is used instead\n";
        Assert.Single((await Run(cell)).Outputs, Warning);

        // also when the answer is an earlier one
        using var later = new NotebookHost.Kernels.CSharpSession(new() { WorkingDirectory = Folder.Path, PackageCache = Folder["cache"] });
        var sink = new RecordingSink();
        await later.RunAsync(cell, sink);
        Assert.Single(sink.Outputs, Warning);
    }

    [Fact]
    public async Task Other_versions_of_packages_that_no_cell_names_are_not_mentioned()
    {
        Pack("feed", "Sample.Asking", "1.0.0", library: null, dependency: "<dependency id=\"Sample.Greeting\" version=\"1.1.0\" />");

        var sink = await Run("#r \"nuget: Sample.Asking, 1.0.0\"");

        Assert.Contains("update: Installed Sample.Asking 1.0.0", sink.Outputs);
        Assert.DoesNotContain(sink.Outputs, output => output.StartsWith("err", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("not-a-version")]
    [InlineData("v1.2.0")]
    [InlineData("[1.2.0")]
    [InlineData("1.2.0 beta")]
    public async Task A_version_that_is_not_valid_is_rejected_before_the_restore(string version)
    {
        var error = await Fail($"#r \"nuget: Sample.Greeting, {version}\"");

        Assert.StartsWith($"{version} is not a valid package version.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("My Package")]
    [InlineData("folder/package")]
    [InlineData("<Name>")]
    public async Task A_name_that_is_not_valid_is_rejected_before_the_restore(string name)
    {
        var error = await Fail($"#r \"nuget: {name}\"");

        Assert.Equal($"'{name}' is not a valid package name. Write #r \"nuget: NAME\" or #r \"nuget: NAME, VERSION\".", error.Message);
    }

    [Theory]
    [InlineData("1.2.0")]
    [InlineData("1.*")]
    [InlineData("[1.0,2.0)")]
    [InlineData("(,2.0]")]
    [InlineData("*-*")]
    public async Task Versions_and_ranges_are_taken_as_NuGet_reads_them(string version)
        => Assert.Contains("update: Installed Sample.Greeting 1.2.0", (await Run($"#r \"nuget: Sample.Greeting, {version}\"")).Outputs);

    [Fact]
    public async Task An_unknown_package_or_version_is_one_clear_error()
    {
        var unknown = await Fail("// first\n#r \"nuget: Sample.Missing\"");
        Assert.Equal(2, unknown.Line);
        Assert.StartsWith("cell 1, line 2: error: NU1101: Unable to find package Sample.Missing", unknown.Traceback[0], StringComparison.Ordinal);
        Assert.StartsWith("Check the spelling of the name", unknown.Traceback[^1], StringComparison.Ordinal);
        Assert.Equal(2, unknown.Traceback.Count);

        var several = await Fail("#r \"nuget: Sample.Another\"\n#r \"nuget: Sample.Another.Missing\"");
        Assert.Equal(2, several.Line);

        var version = await Fail("#r \"nuget: Sample.Greeting, 9.9.9\"");
        Assert.Contains("NU1102", version.Message, StringComparison.Ordinal);
        Assert.Contains("Nearest version: 1.2.0", version.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_version_of_a_package_is_refused()
    {
        await Run("#r \"nuget: Sample.Greeting, 1.2.0\"");

        Assert.Equal(
            "Sample.Greeting 1.1.0 cannot be added: this session already uses 1.2.0. Restart the session to change the version.",
            (await Fail("#r \"nuget: Sample.Greeting, 1.1.0\"")).Message);
    }

    [Fact]
    public async Task Analyzers_of_a_package_look_at_the_cells_that_use_it()
    {
        Pack("feed", "Sample.Warned", "1.0.0", SampleAnalyzers.CompileVoice(Folder["build"]), analyzer: SampleAnalyzers.CompileRules(Folder["build"]));

        var sink = await Run("#r \"nuget: Sample.Warned, 1.0.0\"\nVoice.Shout(\"a\");");

        Assert.StartsWith("display: line 2: warning T001: Shout is loud", sink.Outputs[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exclude=\"Build\"", true)]
    [InlineData("exclude=\"Build,Analyzers\"", false)]
    [InlineData("include=\"Compile,Runtime\"", false)]
    public async Task Analyzers_of_a_package_that_another_one_needs_are_used_as_in_a_build(string flags, bool expected)
    {
        // NuGet keeps a package by its name
        var name = $"Sample.Rules{(uint)flags.Length}";
        Pack("feed", name, "1.0.0", SampleAnalyzers.CompileVoice(Folder["build"]), analyzer: SampleAnalyzers.CompileRules(Folder["build"]));
        Pack("feed", name + ".User", "1.0.0", library: null, dependency: $"<dependency id=\"{name}\" version=\"1.0.0\" {flags} />");
        await Run($"#r \"nuget: {name}.User, 1.0.0\"\n#r \"{Folder["build/Voice.dll"]}\"");

        Assert.Equal(expected, (await Run("Voice.Shout(\"a\");")).Outputs.Count > 0);
    }

    private void Pack(string feed, string name, string version, string? library, string? native = null, string? targets = null, string nativeName = "libpackaged-native.so",
        string? analyzer = null, string dependency = "")
    {
        using var package = ZipFile.Open(Path.Combine(Folder[feed], $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var specification = new StreamWriter(package.CreateEntry(name + ".nuspec").Open()))
        {
            specification.Write($"""
                <package><metadata><id>{name}</id><version>{version}</version><authors>tests</authors><description>sample</description><dependencies>{dependency}</dependencies></metadata></package>
                """);
        }
        if (library is null)
        {
            package.CreateEntry("lib/netstandard2.0/_._");
            return;
        }
        if (analyzer is not null)
            package.CreateEntryFromFile(analyzer, $"analyzers/dotnet/cs/{Path.GetFileName(analyzer)}");
        package.CreateEntryFromFile(library, $"lib/net8.0/{Path.GetFileName(library)}");
        if (targets is not null)
        {
            using var writer = new StreamWriter(package.CreateEntry($"buildTransitive/{name}.targets").Open());
            writer.Write(targets);
        }
        package.CreateEntryFromFile(native ?? Folder["build/libpackaged-native.so"], $"runtimes/linux-x64/native/{nativeName}");
    }
}
