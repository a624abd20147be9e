namespace NotebookHost.Jupyter;

/// <summary>What the kernel says about itself, where the front end keeps the output of its processes.</summary>
/// <param name="writer">The process's own error stream: while a session is open, the console is the cells'.</param>
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
            // the front end closed its end; which is not a reason to stop
        }
    }

    /// <summary>A message was not heeded.</summary>
    public void Dropped(string channel, Exception reason) => Write($"a message on {channel} was dropped: {reason.Message}");
}
