namespace NotebookHost.Jupyter;

/// <summary>The log of the kernel, in the process output that the front end stores.</summary>
/// <param name="writer">The error stream of the process; during a session, the console belongs to the cells.</param>
internal sealed class KernelLog(TextWriter writer)
{
    private readonly TextWriter _writer = TextWriter.Synchronized(writer);

    public void Write(string line)
    {
        try
        {
            _writer.WriteLine("nb kernel: " + line);
            _writer.Flush();
        }
        catch (IOException)
        {
            // the front end has closed the stream, which must not stop the kernel
        }
    }

    /// <summary>Logs that a message was ignored.</summary>
    public void Dropped(string channel, Exception reason) => Write($"a message on {channel} was dropped: {reason.Message}");
}
