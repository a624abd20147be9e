namespace NotebookHost.Jupyter.Sockets;

/// <summary>How a socket talks to its peers; the numbers are ZeroMQ's.</summary>
internal enum SocketType
{
    /// <summary>Says the same to all who listen.</summary>
    Publish = 1,

    /// <summary>Listens.</summary>
    Subscribe = 2,

    /// <summary>Asks, then waits for the answer.</summary>
    Request = 3,

    /// <summary>Waits for a question, then answers.</summary>
    Reply = 4,

    /// <summary>Talks to one peer.</summary>
    Dealer = 5,

    /// <summary>Talks to many peers, each named by the first frame.</summary>
    Router = 6,
}
