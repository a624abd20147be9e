using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>
        /// Keys and values that several processes share. See
        /// <see href="https://pytorch.org/docs/stable/distributed.html#distributed-key-value-store">torch.distributed.Store</see>.
        /// </summary>
        public abstract unsafe class Store : IDisposable
        {
            private nint _handle;

            private protected Store(nint handle) => _handle = handle;

            internal nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Store));

            /// <summary>The host that keeps the values; the way to it is the way to the other processes.</summary>
            internal abstract string Host { get; }

            public void set(string key, string value) => set(key, Encoding.UTF8.GetBytes(value));

            public void set(string key, ReadOnlySpan<byte> value)
            {
                fixed (byte* bytes = value)
                    Check(Door.door_store_set(Handle, key, bytes, value.Length));
            }

            /// <summary>Waits until the key is set.</summary>
            /// <exception cref="DistStoreError">It was not within the store's timeout.</exception>
            public byte[] get(string key)
            {
                nint value;
                Check(Door.door_store_get(Handle, key, &value));
                using var bytes = Tensor.Take(value)!;
                return bytes.ToArray<byte>();
            }

            /// <summary>Adds to a number, which starts at 0, and returns the sum.</summary>
            public long add(string key, long amount)
            {
                long sum;
                Check(Door.door_store_add(Handle, key, amount, &sum));
                return sum;
            }

            /// <summary>Whether all the keys are set, without waiting.</summary>
            public bool check(params string[] keys)
            {
                foreach (var key in keys)
                {
                    int exists;
                    Check(Door.door_store_check(Handle, key, &exists));
                    if (exists == 0)
                        return false;
                }
                return true;
            }

            /// <summary>Waits until all the keys are set.</summary>
            /// <exception cref="DistStoreError">They were not within the timeout.</exception>
            public void wait(string[] keys, TimeSpan timeout)
            {
                foreach (var key in keys)
                    Check(Door.door_store_wait(Handle, key, Milliseconds(timeout)));
            }

            private void Check(int failed)
            {
                try
                {
                    Door.Check(failed);
                }
                catch (ExternalException error)
                {
                    throw new DistStoreError($"The store that {Host} keeps did not answer in time, or is gone. ({error.Message})", error);
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
                    Door.door_store_release(handle);
            }
        }

        /// <summary>A store that one process keeps and the others reach over TCP.</summary>
        public sealed unsafe class TCPStore : Store
        {
            /// <param name="host_name">The host of the process that keeps the values.</param>
            /// <param name="port">Its port; 0, there, takes a free one.</param>
            /// <param name="is_master">Whether this is that process.</param>
            /// <param name="timeout">How long to wait for it, and for keys; 300 seconds when left out.</param>
            /// <exception cref="DistNetworkError">The port is taken or, within the timeout, the host is not reached.</exception>
            public TCPStore(string host_name, int port, bool is_master = false, TimeSpan? timeout = null)
                : base(Connect(host_name, port, is_master, timeout ?? TimeSpan.FromSeconds(300), out var bound)) => (host, this.port) = (host_name, bound);

            public string host { get; }

            public int port { get; }

            internal override string Host => host;

            private static nint Connect(string host, int port, bool isMaster, TimeSpan timeout, out int bound)
            {
                if (port is < 0 or > ushort.MaxValue)
                    throw new ArgumentOutOfRangeException(nameof(port), port, $"A port lies between 0 and {ushort.MaxValue}.");
                nint store;
                int taken;
                try
                {
                    Door.Check(Door.door_store_connect(
                        Address(host), port, isMaster ? 1 : 0, IsLoopback(host) ? 1 : 0, Milliseconds(timeout), &store, &taken));
                }
                catch (ExternalException error)
                {
                    throw new DistNetworkError(
                        isMaster
                            ? $"The store cannot be kept on port {port} of this host, which is to be {host}: the port may be taken, by "
                                + $"another training for instance. ({error.Message})"
                            : $"The master at {host}, port {port}, was not reached within {Text(timeout)}: is rank 0 running there, and "
                                + $"may this host reach it? ({error.Message})",
                        error);
                }
                bound = taken;
                return store;
            }

            // the name may mean ::1 first, where nobody listens
            private static string Address(string host) => host == "localhost" ? "127.0.0.1" : host;

            private static bool IsLoopback(string host) =>
                IPAddress.TryParse(Address(host), out var address) && address.AddressFamily == AddressFamily.InterNetwork && IPAddress.IsLoopback(address);
        }

        /// <summary>A store inside another, whose keys all begin with a word.</summary>
        public sealed unsafe class PrefixStore : Store
        {
            private readonly Store _store;

            /// <param name="prefix">What the keys begin with.</param>
            /// <param name="store">The other store, which stays its owner's.</param>
            public PrefixStore(string prefix, Store store)
                : base(Inside(prefix, store)) => _store = store;

            internal override string Host => _store.Host;

            private static nint Inside(string prefix, Store store)
            {
                nint prefixed;
                Door.Check(Door.door_store_prefix(store.Handle, prefix, &prefixed));
                return prefixed;
            }
        }
    }
}
