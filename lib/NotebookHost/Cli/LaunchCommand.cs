using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using NotebookHost.Launching;
using NotebookHost.Running;

namespace NotebookHost.Cli;

/// <summary><c>nb launch</c>: several processes of one file, which find each other as torchrun's do.</summary>
internal sealed class LaunchCommand : Command
{
    private const int UsualPort = 29500;

    private readonly Option<int> _processes = new("--nproc")
    {
        Description = "How many processes to start on this host.",
        HelpName = "N",
        Required = true,
    };

    private readonly Option<int> _nodes = new("--nnodes")
    {
        Description = "How many hosts take part, each with the same command but for --node-rank.",
        HelpName = "M",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _nodeRank = new("--node-rank") { Description = "Which of the hosts this is, from 0.", HelpName = "R" };

    private readonly Option<string> _masterAddress = new("--master-addr")
    {
        Description = "The address of host 0, as the others reach it.",
        HelpName = "A",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<int?> _masterPort = new("--master-port")
    {
        Description = $"A port of host 0 that is free; any with one host, {UsualPort} with several, when left out.",
        HelpName = "P",
    };

    private readonly Argument<string> _file = new("file") { Description = "A notebook, a C# file (.cs), a .dll or an executable." };

    private readonly Argument<string[]> _arguments = new("arguments")
    {
        Description = "What each process gets; for a notebook, options of nb run.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public LaunchCommand()
        : base("launch", "Runs a file in several processes, which torch.distributed joins. When one fails, the others are ended.")
    {
        foreach (var (option, least) in new[] { (_processes, 1), (_nodes, 1), (_nodeRank, 0) })
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < least)
                    result.AddError($"{option.Name} must be at least {least}.");
            });
        }
        Options.Add(_processes);
        Options.Add(_nodes);
        Options.Add(_nodeRank);
        Options.Add(_masterAddress);
        Options.Add(_masterPort);
        Arguments.Add(_file);
        Arguments.Add(_arguments);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    /// <summary>Sets the file and all that follows it apart: options there are the file's own.</summary>
    public static string[] SetFileApart(string[] arguments)
    {
        if (arguments is not ["launch", ..])
            return arguments;
        for (var i = 1; i < arguments.Length && arguments[i] != "--"; i++)
        {
            if (!arguments[i].StartsWith('-'))
                return [.. arguments[..i], "--", .. arguments[i..]];
            // every option of launch has a value
            if (arguments[i].StartsWith("--", StringComparison.Ordinal) && !arguments[i].Contains('=', StringComparison.Ordinal))
                i++;
        }
        return arguments;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using var stop = new Interruption();
        try
        {
            var options = Read(parsed);
            var failed = await new Launch(options, Console.Out, Console.Error).RunAsync(stop.Token).ConfigureAwait(false);
            if (stop.Token.IsCancellationRequested)
                return stop.ExitCode;
            if (failed is not { } first)
                return ExitCode.Success;
            Console.Error.WriteLine($"Rank {first.Rank} {Ending(first.ExitCode)}; the others on this host were ended.");
            return first.ExitCode;
        }
        catch (RunUsageException error)
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.Usage;
        }
        catch (OperationCanceledException)
        {
            return stop.ExitCode;
        }
    }

    private LaunchOptions Read(ParseResult parsed)
    {
        var nodes = parsed.GetValue(_nodes);
        var nodeRank = parsed.GetValue(_nodeRank);
        if (nodeRank >= nodes)
            throw new RunUsageException($"--node-rank is {nodeRank}, but the last of {nodes} is {nodes - 1}.");
        if (nodes > 1 && parsed.GetResult(_masterAddress) is not { Implicit: false })
            throw new RunUsageException("With --nnodes, --master-addr must say how the others reach host 0.");
        return new LaunchOptions(
            parsed.GetRequiredValue(_file), parsed.GetValue(_arguments) ?? [], parsed.GetValue(_processes))
        {
            Nodes = nodes,
            NodeRank = nodeRank,
            MasterAddress = parsed.GetRequiredValue(_masterAddress),
            MasterPort = parsed.GetValue(_masterPort) ?? (nodes > 1 ? UsualPort : FreePort()),
        };
    }

    // above 128 is what a signal makes of it: the number of the signal, added
    private static string Ending(int exitCode) => exitCode > 128 && exitCode <= 128 + 64
        ? $"was ended by signal {exitCode - 128}"
        : $"failed with exit code {exitCode}";

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
