using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules under names, in the order they came. It owns them; one that is removed is the caller's again.</summary>
    [SuppressMessage("Naming", "CA1710", Justification = "PyTorch's name.")]
    public class ModuleDict<T> : nn.Module, IDictionary<string, T>, IList<(string, T)>
        where T : nn.Module
    {
        private readonly OrderedDictionary<string, T> _modules = [];

        public ModuleDict()
            : base(nameof(ModuleDict<>))
        {
        }

        public int Count => _modules.Count;

        public bool IsReadOnly => false;

        public ICollection<string> Keys => _modules.Keys;

        public ICollection<T> Values => _modules.Values;

        public T this[string key]
        {
            get => _modules[key];
            set => _modules[Name(key)] = value;
        }

        public (string, T) this[int index]
        {
            get => Pair(_modules.GetAt(index));
            set => _modules.SetAt(index, Name(value.Item1), value.Item2);
        }

        public override IEnumerable<(string name, nn.Module module)> named_children() =>
            _modules.Select(entry => (entry.Key, (nn.Module)entry.Value));

        public override IEnumerable<nn.Module> children() => _modules.Values;

        public IEnumerator<(string, T)> items() => GetEnumerator();

        public IEnumerable<string> keys() => _modules.Keys;

        public IEnumerable<T> values() => _modules.Values;

        public void clear() => Clear();

        public void Add(string key, T value) => _modules.Add(Name(key), value);

        public void Add((string, T) item) => Add(item.Item1, item.Item2);

        public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

        public void Clear() => _modules.Clear();

        public bool Contains((string, T) item) => IndexOf(item) >= 0;

        public bool Contains(KeyValuePair<string, T> item) => Contains(Pair(item));

        public bool ContainsKey(string key) => _modules.ContainsKey(key);

        public void CopyTo((string, T)[] array, int arrayIndex) => _modules.Select(Pair).ToArray().CopyTo(array, arrayIndex);

        public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex) => _modules.ToArray().CopyTo(array, arrayIndex);

        public int IndexOf((string, T) item)
        {
            var index = _modules.IndexOf(item.Item1);
            return index >= 0 && ReferenceEquals(_modules.GetAt(index).Value, item.Item2) ? index : -1;
        }

        public void Insert(int index, (string, T) item) => _modules.Insert(index, Name(item.Item1), item.Item2);

        public bool Remove(string key) => _modules.Remove(key);

        public bool Remove((string, T) item) => Contains(item) && Remove(item.Item1);

        public bool Remove(KeyValuePair<string, T> item) => Remove(Pair(item));

        public void RemoveAt(int index) => _modules.RemoveAt(index);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _modules.TryGetValue(key, out value);

        public IEnumerator<(string, T)> GetEnumerator() => _modules.Select(Pair).GetEnumerator();

        IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator() => _modules.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private static (string Name, T Module) Pair(KeyValuePair<string, T> entry) => (entry.Key, entry.Value);

        private static string Name(string key) => key.Length > 0 && !key.Contains('.', StringComparison.Ordinal)
            ? key
            : throw new ArgumentException($"'{key}' cannot name a part of a module: names are not empty and have no dot.", nameof(key));
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules)
                where T : Module
            {
                var dict = new ModuleDict<T>();
                foreach (var module in modules)
                    dict.Add(module);
                return dict;
            }
        }
    }
}
