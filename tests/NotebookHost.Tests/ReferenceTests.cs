namespace NotebookHost.Tests;

[Collection(OneAtATime.Name)]
public sealed class ReferenceTests : SessionFixture
{
    public ReferenceTests()
    {
        Directory.CreateDirectory(Folder["bin"]);
        var deepest = SampleAssemblies.Compile(Folder["bin"], "MaxDepth", """
            namespace MaxDepth;
            public static class Native
            {
                [System.Runtime.InteropServices.DllImport("sample-native", EntryPoint = "SystemNative_GetPid")]
                public static extern int ProcessId();
            }
            """);
        var inner = SampleAssemblies.Compile(
            Folder["bin"], "Inner", "namespace Inner; public class Thing { public int Id => MaxDepth.Native.ProcessId(); }", deepest);
        // nothing of Inner is in Outer's public face: only its body needs it
        SampleAssemblies.Compile(
            Folder["bin"], "Outer", "namespace Outer; public class Box { public int Id() => new Inner.Thing().Id; }", inner);
        SampleAssemblies.AddNative(Folder["bin"], "sample-native");
    }

    [Fact]
    public async Task A_file_that_is_no_library_is_one_error_with_its_line()
    {
        Folder.Write("fake.dll", "hello");

        var error = await Fail("// first\n#r \"fake.dll\"\n1");

        Assert.Equal(2, error.Line);
        Assert.Single(error.Traceback, line => line.Contains("CS0009", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_names_no_package_says_how_to_write_one()
        => Assert.StartsWith("The line does not contain a package name", (await Fail("#r \"nuget:\"")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_referenced_library_finds_its_dependencies_and_natives_beside_it()
    {
        Assert.Equal($"{Environment.ProcessId}", await Result("#r \"bin/Outer.dll\"\nnew Outer.Box().Id()"));
    }

    [Fact]
    public async Task Types_of_libraries_that_a_referenced_one_needs_are_usable_by_name()
    {
        await Run("#r \"bin/Outer.dll\"");

        Assert.Equal($"{Environment.ProcessId}", await Result("new Inner.Thing().Id"));
        Assert.Equal($"{Environment.ProcessId}", await Result("using MaxDepth;\nNative.ProcessId()"));
    }

    [Fact]
    public async Task Types_of_needed_libraries_are_usable_in_the_cell_of_the_reference()
    {
        Assert.Equal($"{Environment.ProcessId}", await Result("#r \"bin/Outer.dll\"\nusing Inner;\nnew Thing().Id"));
    }

    [Fact]
    public async Task A_library_referenced_twice_is_one()
    {
        await Run("#r \"bin/Outer.dll\"\nvar thing = new Inner.Thing();");

        Assert.Equal("True", await Result("#r \"bin/Outer.dll\"\n#r \"bin/Inner.dll\"\nthing is Inner.Thing"));
    }

    [Fact]
    public async Task A_path_starts_at_the_sessions_folder_wherever_cells_went()
    {
        await Run("System.IO.Directory.SetCurrentDirectory(\"/\");");

        Assert.Equal($"{Environment.ProcessId}", await Result("#r \"./bin/Outer.dll\"\nnew Outer.Box().Id()"));
    }

    [Fact]
    public async Task A_framework_assembly_is_referenced_by_name()
    {
        Assert.Equal("a", await Result("#r \"System.Xml.Linq\"\nnew System.Xml.Linq.XElement(\"a\").Name.LocalName"));
    }

    [Fact]
    public async Task A_referenced_library_can_be_built_anew_while_the_session_uses_it()
    {
        await Run("#r \"bin/Outer.dll\"\nvar box = new Outer.Box();");
        File.WriteAllText(Folder["bin/Outer.dll"], "built anew");
        File.WriteAllText(Folder["bin/Inner.dll"], "built anew");

        Assert.Equal($"{Environment.ProcessId}", await Result("box.Id()"));
    }

    [Fact]
    public async Task A_librarys_module_initializer_runs_when_it_is_referenced()
    {
        SampleAssemblies.Compile(Folder["bin"], "Starting", """
            namespace Starting;
            public static class Start
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                public static void Run() => System.AppContext.SetData("started", "yes");
            }
            """);

        Assert.Equal("yes", await Result("#r \"bin/Starting.dll\"\nAppContext.GetData(\"started\")"));
    }

    [Fact]
    public async Task A_module_initializer_that_fails_is_reported_by_the_first_use()
    {
        SampleAssemblies.Compile(Folder["bin"], "Failing", """
            namespace Failing;
            public static class Start
            {
                public static int Number => 1;
                [System.Runtime.CompilerServices.ModuleInitializer]
                public static void Run() => throw new System.InvalidOperationException("no");
            }
            """);

        Assert.Equal("2", await Result("#r \"bin/Failing.dll\"\n1 + 1"));
        Assert.Equal("TypeInitializationException", (await Fail("Failing.Start.Number")).Name);
    }
}
