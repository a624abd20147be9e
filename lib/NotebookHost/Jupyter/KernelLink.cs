using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Jupyter;

/// <summary>The objects that the channels of the kernel share.</summary>
/// <param name="Session">The id of the kernel's session, which is part of every message.</param>
/// <param name="Wire">The wire format, which signs and verifies messages.</param>
/// <param name="Publisher">The publisher of status and outputs.</param>
/// <param name="Interrupts">The object that stops the running cell.</param>
/// <param name="Log">The log of errors.</param>
/// <param name="Stop">A function that ends the kernel.</param>
internal sealed record KernelLink(
    string Session, WireFormat Wire, Publisher Publisher, Interrupts Interrupts, KernelLog Log, Action Stop);
