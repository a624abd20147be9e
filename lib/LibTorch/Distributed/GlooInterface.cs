using System.Net;
using System.Net.Sockets;

namespace TorchSharp;

/// <summary>Where Gloo listens for the other processes.</summary>
/// <param name="Names">Network interfaces, separated by commas; empty, where an address says it.</param>
/// <param name="Address">An address of this host.</param>
internal sealed record GlooInterface(string Names, string Address)
{
    public const string Backend = "gloo";

    /// <summary>The interfaces that GLOO_SOCKET_IFNAME names, or else the one from which this host reaches the master.</summary>
    public static GlooInterface Towards(string master)
    {
        if (Environment.GetEnvironmentVariable("GLOO_SOCKET_IFNAME") is { Length: > 0 } names)
            return new GlooInterface(names, "");
        var local = LocalAddress(master);
        if (IPAddress.IsLoopback(local) && SpansHosts())
        {
            throw new InvalidOperationException(
                $"The way to the master, {master}, is this host's loopback interface, which the other hosts cannot reach. Set MASTER_ADDR to an "
                + "address that they can, or GLOO_SOCKET_IFNAME to the name of the network interface to use (ip link lists them).");
        }
        return new GlooInterface("", local.ToString());
    }

    private static IPAddress LocalAddress(string master)
    {
        try
        {
            // a datagram socket sends nothing when it connects: it only asks which way is taken
            var addresses = Dns.GetHostAddresses(master);
            var address = addresses.FirstOrDefault(candidate => candidate.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(address, port: 9);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException error)
        {
            throw new torch.distributed.DistNetworkError($"There is no way from this host to the master, {master}. ({error.Message})", error);
        }
    }

    // a launcher says how many of the processes it has started on this host
    private static bool SpansHosts() =>
        int.TryParse(Environment.GetEnvironmentVariable("LOCAL_WORLD_SIZE"), out var here)
        && int.TryParse(Environment.GetEnvironmentVariable("WORLD_SIZE"), out var all)
        && here < all;
}
