namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Anything that can be called on an input, with its hooks.</summary>
        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        /// <summary>A module that can be called: <see cref="call"/> runs the hooks and <see cref="forward"/>, which subclasses write.</summary>
        public abstract class Module<T, TResult> : Module, IModule<T, TResult>
        {
            private readonly List<Func<Module<T, TResult>, T, T>> _preHooks = [];
            private readonly List<Func<Module<T, TResult>, T, TResult, TResult>> _hooks = [];

            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                foreach (var hook in _preHooks.ToArray())
                    input = hook(this, input);
                var result = forward(input);
                foreach (var hook in _hooks.ToArray())
                    result = hook(this, input, result);
                return result;
            }

            /// <summary>Before each call, <paramref name="hook"/> sees the input and returns what takes its place.</summary>
            public HookRemover register_forward_pre_hook(Func<Module<T, TResult>, T, T> hook)
            {
                _preHooks.Add(hook);
                return new HookRemover(() => _preHooks.Remove(hook));
            }

            /// <summary>After each call, <paramref name="hook"/> sees input and output and returns what takes the output's place.</summary>
            public HookRemover register_forward_hook(Func<Module<T, TResult>, T, TResult, TResult> hook)
            {
                _hooks.Add(hook);
                return new HookRemover(() => _hooks.Remove(hook));
            }
        }

        /// <summary>Takes a hook off again.</summary>
        public sealed class HookRemover
        {
            private readonly Action _remove;

            internal HookRemover(Action remove) => _remove = remove;

            public void remove() => _remove();
        }
    }
}
