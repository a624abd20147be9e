using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using DeepLearning.TensorBoard;

namespace BoardHost;

/// <summary><c>nb board</c>: shows the TensorBoard files of finished and active runs.</summary>
internal static class BoardCommand
{
    private const int TensorBoardsPort = 6006;
    private const int UsageError = 2;

    public static Task<int> InvokeAsync(string[] arguments)
    {
        var folder = new Argument<string?>("folder")
        {
            Description = "Where the runs are; folders below it count too. It need not be there yet. Without it: runs, notebooks/runs, or the newest "
                + "temporary folder that a chapter wrote, whichever has TensorBoard files first.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var port = new Option<int?>("--port")
        {
            Description = $"Where to listen; by default {TensorBoardsPort}, or the next that is free.",
            HelpName = "number",
        };
        port.Validators.Add(result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
                result.AddError($"--port wants a number from 1 to 65535, not '{result.Tokens[0].Value}'.");
        });
        const string Description = "Shows TensorBoard files as a page on this machine, which follows runs that go on. Ctrl-C ends it.";
        var root = new RootCommand(Description) { folder, port };
        root.SetAction((parsed, cancellation) => ShowAsync(parsed.GetValue(folder) ?? BoardFolder.Find(Directory.GetCurrentDirectory(), Path.GetTempPath(), Console.WriteLine), parsed.GetValue(port), cancellation));
        return root.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> ShowAsync(string folder, int? port, CancellationToken cancellation)
    {
        if (File.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"{folder} is a file; name the folder that holds the runs.").ConfigureAwait(false);
            return UsageError;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        try
        {
            using var server = BoardServer.Start(Board.Read(folder), port is { } only ? [only] : Enumerable.Range(TensorBoardsPort, 30));
            Console.WriteLine($"The board of {folder}: {server.Address}");
            await server.ServeAsync(stop.Token).ConfigureAwait(false);
            return 0;
        }
        catch (HttpListenerException error)
        {
            var what = port is { } taken ? $"Port {taken} cannot be listened at" : "No port is free";
            await Console.Error.WriteLineAsync($"{what}: {error.Message}.").ConfigureAwait(false);
            return UsageError;
        }
    }
}
