using NotebookHost.Jupyter.Protocol;

namespace NotebookHost.Jupyter;

/// <summary>What the kernel's channels share.</summary>
/// <param name="Session">The kernel's session, which every message names.</param>
/// <param name="Wire">Signs and checks messages.</param>
/// <param name="Publisher">Tells the front ends what happens.</param>
/// <param name="Interrupts">Stops the running cell.</param>
/// <param name="Log">Takes what went wrong.</param>
/// <param name="Stop">Ends the kernel.</param>
internal sealed record KernelLink(
    string Session, WireFormat Wire, Publisher Publisher, Interrupts Interrupts, KernelLog Log, Action Stop);
