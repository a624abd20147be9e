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
            Description = "The folder of the runs, including subfolders; it may be created later. By default: runs, notebooks/runs or the newest "
                + "temporary folder of a chapter, the first of them that contains TensorBoard files.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var port = new Option<int?>("--port")
        {
            Description = $"The port to listen on; {TensorBoardsPort} by default, or the next free port.",
            HelpName = "number",
        };
        port.Validators.Add(result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
                result.AddError($"--port takes a number from 1 to 65535, not '{result.Tokens[0].Value}'.");
        });
        const string Description = "Shows TensorBoard files on a local web page that is updated during training. Press Ctrl-C to stop.";
        var root = new RootCommand(Description) { folder, port };
        root.SetAction((parsed, cancellation) => ShowAsync(parsed.GetValue(folder) ?? BoardFolder.Find(Directory.GetCurrentDirectory(), Path.GetTempPath(), Console.WriteLine), parsed.GetValue(port), cancellation));
        return root.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> ShowAsync(string folder, int? port, CancellationToken cancellation)
    {
        if (File.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"{folder} is a file; specify the folder that contains the runs.").ConfigureAwait(false);
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
            Console.WriteLine($"The board for {folder}: {server.Address}");
            await server.ServeAsync(stop.Token).ConfigureAwait(false);
            return 0;
        }
        catch (HttpListenerException error)
        {
            var what = port is { } taken ? $"Cannot listen on port {taken}" : "No port is free";
            await Console.Error.WriteLineAsync($"{what}: {error.Message}.").ConfigureAwait(false);
            return UsageError;
        }
    }
}
