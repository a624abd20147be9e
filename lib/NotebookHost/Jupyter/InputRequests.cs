using System.Text.Json.Nodes;
using System.Threading.Channels;
using NotebookHost.Jupyter.Protocol;
using NotebookHost.Jupyter.Sockets;

namespace NotebookHost.Jupyter;

/// <summary>Requests input from the user through the front end that runs the cell.</summary>
internal sealed class InputRequests(MessageChannel channel, WireFormat wire, string session, KernelLog log) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    /// <summary>Asks for a line of text.</summary>
    /// <exception cref="OperationCanceledException">The cell was interrupted or the kernel is ending.</exception>
    public async Task<string?> AskAsync(string prompt, bool isPassword, JupyterMessage request, CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // remove answers to interrupted requests
            while (channel.TryReceive() is not null)
            {
            }
            var content = new JsonObject { ["prompt"] = prompt, ["password"] = isPassword };
            channel.Send(wire.Encode(JupyterMessage.Create("input_request", content, session, request, request.Identities)));
            while (true)
            {
                if (Read(await channel.ReceiveAsync(cancellation).ConfigureAwait(false)) is { } answer)
                    return answer;
            }
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The kernel is ending");
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private string? Read(List<byte[]> frames)
    {
        try
        {
            var reply = wire.Decode(frames);
            return reply.Type == "input_reply" ? reply.Content.Text("value") ?? "" : null;
        }
        catch (InvalidDataException error)
        {
            log.Dropped("stdin", error);
            return null;
        }
    }
}
