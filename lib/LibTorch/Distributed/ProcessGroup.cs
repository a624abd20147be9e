using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class distributed
    {
        /// <summary>Processes that work together, numbered from 0, as seen by one of them.</summary>
        public sealed unsafe class ProcessGroup : IDisposable
        {
            private readonly Store _store;
            private readonly IDisposable[] _owned;
            private nint _handle;

            internal ProcessGroup(string backend, Store store, int rank, int size, TimeSpan timeout, params IDisposable[] owned)
            {
                (Backend, Rank, Size, _store, _owned) = (backend, rank, size, store, owned);
                var way = backend == GlooInterface.Backend ? GlooInterface.Towards(store.Host) : new GlooInterface("", "");
                nint handle;
                Door.Check(Door.door_group_create(backend, store.Handle, rank, size, Milliseconds(timeout), way.Names, way.Address, &handle));
                _handle = handle;
            }

            internal string Backend { get; }

            internal int Rank { get; }

            internal int Size { get; }

            internal nint Handle => _handle != 0
                ? _handle
                : throw new ObjectDisposedException(nameof(ProcessGroup), "The process group was destroyed.");

            public string name() => Backend;

            public int rank() => Rank;

            public int size() => Size;

            /// <summary>Leaves the group, once what is under way is done or has failed. The others see the connection close.</summary>
            public void Dispose()
            {
                if (Interlocked.Exchange(ref _handle, 0) is not (var handle and not 0))
                    return;
                Door.door_group_release(handle);
                _store.Dispose();
                foreach (var owned in _owned)
                    owned.Dispose();
            }

            /// <summary>Starts what all processes of the group start in the same order.</summary>
            internal Work Start(Collective kind, Tensor[] outputs, Tensor[] inputs, ReduceOp op = ReduceOp.SUM, int root = 0)
            {
                nint[] to = Handles(outputs), from = Handles(inputs);
                nint work;
                fixed (nint* toAt = to, fromAt = from)
                    Door.Check(Door.door_collective(Handle, kind, toAt, to.Length, fromAt, from.Length, (int)op, root, &work));
                GC.KeepAlive(outputs);
                GC.KeepAlive(inputs);
                return new Work(work);
            }

            /// <summary>What each process passes, in the order of ranks: all pass as many numbers.</summary>
            internal long[][] Exchange(ReadOnlySpan<long> numbers)
            {
                using var scope = NewDisposeScope();
                var mine = tensor(numbers.ToArray());
                Tensor[] all = [.. Enumerable.Range(0, Size).Select(_ => empty_like(mine))];
                using (var work = Start(Collective.AllGather, all, [mine]))
                    work.wait();
                return Array.ConvertAll(all, theirs => theirs.data<long>().ToArray());
            }

            /// <summary>The tensors become those of the process <paramref name="source"/>.</summary>
            internal void BroadcastAll(Tensor[] tensors, int source)
            {
                const long BufferBytes = 250L << 20;
                using var untracked = no_grad();
                var handles = Handles(tensors);
                fixed (nint* at = handles)
                    Door.Check(Door.door_broadcast_coalesced(Handle, at, handles.Length, BufferBytes, source));
                GC.KeepAlive(tensors);
            }

            private static nint[] Handles(Tensor[] tensors) => Array.ConvertAll(tensors, tensor => tensor.Handle);
        }
    }
}
