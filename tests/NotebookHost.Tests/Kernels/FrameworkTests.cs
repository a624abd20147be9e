using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;

namespace NotebookHost.Tests.Kernels;

/// <summary>The API of Microsoft.DotNet.Interactive as cells use it.</summary>
[Collection(OneAtATime.Name)]
public sealed class FrameworkTests : SessionFixture
{
    private const string Usings = "using Microsoft.DotNet.Interactive; using Microsoft.DotNet.Interactive.Commands; using Microsoft.DotNet.Interactive.Events; using Microsoft.DotNet.Interactive.Formatting;";

    [Fact]
    public async Task The_kernel_is_the_frameworks_own()
    {
        await Run(Usings);

        Assert.Equal("csharp", await Result("Kernel.Current.Name"));
        Assert.Equal("Microsoft.DotNet.Interactive", await Result("typeof(Kernel).Assembly.GetName().Name"));
        Assert.Equal("True", await Result("Kernel.Root is CompositeKernel root && root.ChildKernels.Any(kernel => kernel.Name == \"html\")"));
        Assert.Equal("True", await Result("KernelInvocationContext.Current.Command is SubmitCode { Code: var code } && code.Contains(\"is SubmitCode\")"));
    }

    [Fact]
    public async Task The_context_follows_awaits_and_tasks()
    {
        await Run(Usings);

        Assert.Equal("True", await Result("await Task.Delay(1);\nKernelInvocationContext.Current is not null"));
        Assert.Equal("True", await Result("await Task.Run(() => KernelInvocationContext.Current is not null)"));
    }

    [Theory]
    [InlineData("var shown = display(\"start\"); shown.Update(\"end\");", "display: start", "update: end")]
    [InlineData("var shown = \"start\".Display(); shown.Update(\"end\");", "display: start", "update: end")]
    [InlineData("var shown = \"# start\".DisplayAs(\"text/markdown\"); shown.Update(\"# end\");", "display: # start", "update: # end")]
    [InlineData("var shown = KernelInvocationContext.Current.Display(\"start\"); shown.Update(\"end\");", "display: start", "update: end")]
    [InlineData("var shown = KernelInvocationContext.Current.DisplayAs(\"start\", \"text/plain\"); shown.Update(\"end\");", "display: start", "update: end")]
    [InlineData("var shown = new[] { 1 }.Display(); shown.Update(new[] { 2 });", "display: [ 1 ]", "update: [ 2 ]")]
    public async Task An_update_changes_the_output_that_was_displayed(string code, string shown, string updated)
    {
        await Run(Usings);
        var sink = new IdSink();

        await Run(code, sink);

        Assert.Equal([shown, updated], sink.Outputs);
        Assert.Single(sink.Ids.Distinct());
    }

    [Fact]
    public async Task Displays_of_a_thread_that_outlives_its_cell_are_shown()
    {
        await Run("var go = new System.Threading.ManualResetEventSlim(); var done = new TaskCompletionSource();\nnew System.Threading.Thread(() => { go.Wait(); display(\"late\"); done.SetResult(); }).Start();");

        Assert.Contains("display: late", (await Run("go.Set(); await done.Task;")).Outputs);
    }

    [Fact]
    public async Task A_cell_can_send_commands_to_kernels()
    {
        await Run(Usings);

        Assert.Equal("display: bold", (await Run("await Kernel.Root.SendAsync(new SubmitCode(\"<b>bold</b>\", \"html\"));")).Outputs[0]);
        Assert.Equal("True", await Result("(await Kernel.Root.SendAsync(new SubmitCode(\"1 + 1\", \"csharp\"))).Events.OfType<ReturnValueProduced>().Any(e => (int)e.Value == 2)"));
        Assert.Equal("True", await Result("Kernel.Root.SendAsync(new SubmitCode(\"2 + 2\", \"csharp\")).Result.Events.Last() is CommandSucceeded"));
        Assert.Equal("True", await Result("(await Kernel.Root.SendAsync(new SubmitCode(\"nonsense\", \"csharp\"))).Events.Last() is CommandFailed"));
    }

    [Fact]
    public async Task Values_are_read_and_declared_by_commands()
    {
        await Run(Usings + "\npublic class P { public int X = 1; }\nvar p = new P(); var words = new List<string> { \"a\" };");

        Assert.Equal("p, words", await Result("string.Join(\", \", (await Kernel.Root.SendAsync(new RequestValueInfos(\"csharp\"))).Events.OfType<ValueInfosProduced>().Single().ValueInfos.Select(info => info.Name))"));
        Assert.Equal("True", await Result("object.ReferenceEquals(p, (await Kernel.Root.SendAsync(new RequestValue(\"p\", targetKernelName: \"csharp\"))).Events.OfType<ValueProduced>().Single().Value)"));
        await Run("await Kernel.Root.SendAsync(new SendValue(\"given\", p, targetKernelName: \"csharp\"));");
    }

    [Fact]
    public async Task Values_pass_between_kernels_with_their_types()
    {
        await Run("public class P { public int X = 1; }\nvar p = new P(); var pairs = new Dictionary<string, List<P>> { [\"a\"] = new() { p } }; var secret = new { A = 3 };");
        await Run("#!set --name q --value @csharp:p\n#!set --name all --value @csharp:pairs\n#!set --name anonymous --value @csharp:secret");

        Assert.Equal("1 1 3", await Result("$\"{q.X} {all[\"a\"][0].X} {anonymous.A}\""));
    }

    [Fact]
    public async Task Code_is_diagnosed_completed_and_described_by_commands()
    {
        await Run("var number = 5;");

        var diagnosed = await Kernels.Root.SendAsync(new RequestDiagnostics("nonsense", "csharp"));
        Assert.Equal("CS0103", diagnosed.Events.OfType<DiagnosticsProduced>().Single().Diagnostics.Single().Code);
        var completed = await Kernels.Root.SendAsync(new RequestCompletions("num", new LinePosition(0, 3), "csharp"));
        Assert.Contains(completed.Events.OfType<CompletionsProduced>().Single().Completions, item => item.InsertText == "number");
        var described = await Kernels.Root.SendAsync(new RequestHoverText("number", new LinePosition(0, 3), "csharp"));
        Assert.Contains("number", described.Events.OfType<HoverTextProduced>().Single().Content.First().Value, StringComparison.Ordinal);
        var called = await Kernels.Root.SendAsync(new RequestSignatureHelp("Math.Clamp(number, 1, 9)", new LinePosition(0, 22), "csharp"));
        var help = called.Events.OfType<SignatureHelpProduced>().Single();
        Assert.Equal(2, help.ActiveParameterIndex);
        Assert.Contains(help.Signatures, signature => signature.Parameters is [_, _, _]);
    }

    [Fact]
    public async Task Actions_for_the_end_of_a_cell_are_done()
    {
        await Run(Usings);

        Assert.Equal(["result: 1", "display: over"], (await Run("KernelInvocationContext.Current.OnComplete(context => context.Display(\"over\"));\n1")).Outputs);
        Assert.Equal("no", (await Fail("KernelInvocationContext.Current.OnComplete(context => throw new Exception(\"no\"));")).Message);
    }

    [Fact]
    public async Task A_subscriber_sees_the_text_that_cells_write()
    {
        await Run(Usings + "\nvar seen = \"\"; var subscription = Kernel.Root.KernelEvents.Subscribe(new Watch(e => { if (e is StandardOutputValueProduced text) seen += text.FormattedValues.First().Value; }));\nclass Watch(Action<KernelEvent> see) : IObserver<KernelEvent> { public void OnNext(KernelEvent e) => see(e); public void OnError(Exception e) { } public void OnCompleted() { } }");
        Assert.Equal(["out: hello\n"], (await Run("Console.WriteLine(\"hello\");")).Outputs);

        Assert.Contains("hello", await Result("subscription.Dispose(); seen"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directive_that_a_cell_adds_works_in_the_next()
    {
        await Run(Usings + "\nusing Microsoft.DotNet.Interactive.Directives;\nKernel.Root.AddDirective(new KernelActionDirective(\"#!hello\"), (command, context) => { context.Display(\"hi\"); return Task.CompletedTask; });");

        Assert.Equal(["display: hi"], (await Run("#!hello")).Outputs);
    }

    [Fact]
    public async Task A_kernel_that_a_cell_adds_runs_parts_of_cells()
    {
        await Run(Usings + "\nclass Echo : Kernel, IKernelCommandHandler<SubmitCode> { public Echo() : base(\"echo\") { } public Task HandleAsync(SubmitCode command, KernelInvocationContext context) { context.Display(command.Code.Trim()); return Task.CompletedTask; } }\n((CompositeKernel)Kernel.Root).Add(new Echo());");

        Assert.Equal(["result: 2", "display: same"], (await Run("1 + 1\n#!echo\nsame")).Outputs);
    }
}
