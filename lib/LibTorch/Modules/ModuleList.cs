using System.Collections;
using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A list of modules, registered under their places. It owns them; one that is removed is the caller's again.</summary>
    public class ModuleList<T> : nn.Module, IList<T>
        where T : nn.Module
    {
        private readonly List<T> _modules;

        public ModuleList(params T[] modules)
            : base(nameof(ModuleList<>)) => _modules = [.. modules];

        public int Count => _modules.Count;

        public bool IsReadOnly => false;

        public T this[int index]
        {
            get => _modules[index];
            set => _modules[index] = value;
        }

        public override IEnumerable<(string name, nn.Module module)> named_children() =>
            _modules.Select((module, place) => (place.ToString(CultureInfo.InvariantCulture), (nn.Module)module));

        public override IEnumerable<nn.Module> children() => _modules;

        public void append(params T[] modules) => _modules.AddRange(modules);

        public void extend(IEnumerable<T> modules) => _modules.AddRange(modules);

        public void Add(T item) => _modules.Add(item);

        public void Clear() => _modules.Clear();

        public bool Contains(T item) => _modules.Contains(item);

        public void CopyTo(T[] array, int arrayIndex) => _modules.CopyTo(array, arrayIndex);

        public IEnumerator<T> GetEnumerator() => _modules.GetEnumerator();

        public int IndexOf(T item) => _modules.IndexOf(item);

        public void Insert(int index, T item) => _modules.Insert(index, item);

        public bool Remove(T item) => _modules.Remove(item);

        public void RemoveAt(int index) => _modules.RemoveAt(index);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            public static ModuleList<T> ModuleList<T>(params T[] modules)
                where T : Module => new(modules);
        }
    }
}
