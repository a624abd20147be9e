using System.Globalization;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// Several processes train together. TorchSharp has nothing like it; see
    /// <see href="https://pytorch.org/docs/stable/distributed.html">torch.distributed</see>.
    /// </summary>
    public static partial class distributed
    {
        private static readonly TimeSpan _defaultTimeout = TimeSpan.FromMinutes(30);

        private static ProcessGroup? _default;

        internal static ProcessGroup Default => _default ?? throw new InvalidOperationException(
            "There is no process group yet: call torch.distributed.init_process_group first.");

        /// <summary>Whether this build knows any backend.</summary>
        public static bool is_available() => Door.door_backends() != 0;

        public static bool is_gloo_available() => (Door.door_backends() & 1) != 0;

        public static bool is_nccl_available() => (Door.door_backends() & 2) != 0;

        public static bool is_initialized() => _default is not null;

        /// <summary>Meets the other processes; every one of them calls it, once.</summary>
        /// <param name="backend">"gloo", or "nccl" where all have CUDA devices; when left out, whichever fits this machine.</param>
        /// <param name="init_method">Where to meet: "env://", as the launcher's environment variables say, or "tcp://host:port" of rank 0.</param>
        /// <param name="timeout">How long to wait for the others, here and in every collective; 30 minutes when left out.</param>
        /// <param name="world_size">How many processes there are; as WORLD_SIZE says, when left out.</param>
        /// <param name="rank">Which of them this is; as RANK says, when left out.</param>
        /// <param name="store">Where to meet instead; it stays its owner's.</param>
        /// <exception cref="ArgumentException">An argument or an environment variable is missing or cannot be.</exception>
        /// <exception cref="InvalidOperationException">There is a group already, or this libtorch does not have the backend.</exception>
        /// <exception cref="DistError">The master was not reached, or not all arrived within the timeout.</exception>
        public static void init_process_group(
            string? backend = null, string? init_method = null, TimeSpan? timeout = null, int world_size = -1, int rank = -1, Store? store = null)
        {
            if (_default is not null)
                throw new InvalidOperationException("There is a process group already: call destroy_process_group before another init_process_group.");
            backend = Available(backend);
            var patience = timeout ?? _defaultTimeout;
            _ = Milliseconds(patience);
            TCPStore? own = null;
            Store? inside = null;
            try
            {
                if (store is null)
                {
                    var launch = Place(init_method, rank, world_size);
                    (rank, world_size) = (launch.Rank, launch.WorldSize);
                    store = own = new TCPStore(launch.MasterAddress, launch.MasterPort, rank == 0, patience);
                }
                else if (rank < 0 || rank >= world_size)
                {
                    throw new ArgumentException($"With a store, rank ({rank}) and world_size ({world_size}) must be given, and fit.", nameof(rank));
                }
                Rendezvous.Await(store, rank, world_size, patience);
                inside = new PrefixStore("default_pg/0", store);
                _default = own is null
                    ? new ProcessGroup(backend, inside, rank, world_size, patience)
                    : new ProcessGroup(backend, inside, rank, world_size, patience, own);
            }
            catch
            {
                inside?.Dispose();
                own?.Dispose();
                throw;
            }
        }

        /// <summary>Leaves the group. Modules that were made with it average no more.</summary>
        public static void destroy_process_group(ProcessGroup? group = null)
        {
            if (group is null || ReferenceEquals(group, _default))
                group = Interlocked.Exchange(ref _default, null);
            group?.Dispose();
        }

        public static int get_rank(ProcessGroup? group = null) => (group ?? Default).Rank;

        public static int get_world_size(ProcessGroup? group = null) => (group ?? Default).Size;

        public static string get_backend(ProcessGroup? group = null) => (group ?? Default).Backend;

        internal static long Milliseconds(TimeSpan timeout) => timeout > TimeSpan.Zero && timeout.TotalMilliseconds <= int.MaxValue
            ? (long)Math.Ceiling(timeout.TotalMilliseconds)
            : throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A timeout is longer than nothing, and 24 days at most.");

        internal static string Text(TimeSpan time) =>
            string.Create(CultureInfo.InvariantCulture, $"{(time.TotalSeconds >= 120 ? time.TotalMinutes : time.TotalSeconds):0.#}")
            + (time.TotalSeconds >= 120 ? " minutes" : " s");

        private static LaunchEnvironment Place(string? init_method, int rank, int world_size)
        {
            if (init_method is null or "env://")
                return LaunchEnvironment.Read(rank, world_size);
            if (!Uri.TryCreate(init_method, UriKind.Absolute, out var place) || place.Scheme != "tcp" || place.Port <= 0)
                throw new ArgumentException($"init_method is env:// or tcp://host:port, not '{init_method}'.", nameof(init_method));
            if (rank < 0 || rank >= world_size)
                throw new ArgumentException($"With {init_method}, rank ({rank}) and world_size ({world_size}) must be given, and fit.", nameof(rank));
            return new LaunchEnvironment(place.Host, place.Port, rank, world_size);
        }

        private static string Available(string? backend)
        {
            switch (backend)
            {
                case null:
                    return is_nccl_available() && cuda.is_available() ? "nccl" : Available(GlooInterface.Backend);
                case GlooInterface.Backend:
                    return is_gloo_available() ? backend : throw new InvalidOperationException(
                        "The door to libtorch was built without Gloo, because Gloo's headers were missing or did not fit this libtorch. "
                        + "Install them (in Debian: sudo apt-get install libgloo-dev) and build again; in a checkout, ./nb setup does both.");
                case "nccl":
                    return is_nccl_available() ? backend : throw new InvalidOperationException(
                        "This libtorch has no nccl, or the door was built without CUDA's and NCCL's headers: use backend 'gloo'.");
                default:
                    throw new ArgumentException($"The backends are gloo and nccl; there is no '{backend}'.", nameof(backend));
            }
        }
    }
}
