using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules called one after the other. It owns them: they are disposed with it.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.Module<Tensor, Tensor>> _steps = [];

        protected internal Sequential(IEnumerable<(string name, nn.Module<Tensor, Tensor> submodule)> modules)
            : base(nameof(Sequential))
        {
            foreach (var (name, submodule) in modules)
                append(name, submodule);
        }

        public int Count => _steps.Count;

        public nn.Module<Tensor, Tensor> this[int index] => _steps[index];

        /// <summary>Adds a last step.</summary>
        /// <exception cref="ArgumentException">The name is taken: PyTorch would silently replace the step of that name.</exception>
        public Sequential append(string name, nn.Module<Tensor, Tensor> module)
        {
            register_module(name, module);
            _steps.Add(module);
            return this;
        }

        public Sequential append(nn.Module<Tensor, Tensor> module) =>
            append(_steps.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

        /// <inheritdoc cref="append(string, nn.Module{Tensor, Tensor})"/>
        /// <exception cref="ArgumentException">The name is taken, or the module does not turn one tensor into one.</exception>
        public override void add_module(string name, nn.Module module) => append(name, module as nn.Module<Tensor, Tensor>
            ?? throw new ArgumentException($"{module.GetName()} does not turn one tensor into one, which a step of Sequential must.", nameof(module)));

        /// <inheritdoc/>
        /// <remarks>What one step hands to the next is disposed; a gradient graph keeps what it needs.</remarks>
        public override Tensor forward(Tensor input)
        {
            if (_steps.Count == 0)
                return input.alias();
            var current = input;
            foreach (var step in _steps)
            {
                var next = step.call(current);
                if (!ReferenceEquals(current, input) && !ReferenceEquals(current, next))
                    current.Dispose();
                current = next;
            }
            return current;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(Numbered(modules));

            public static Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules) =>
                new(modules.Select(module => (module.Item1, module.Item2)));

            public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new(modules);

            public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(Numbered(modules));

            public static Sequential Sequential() => new([]);

            private static IEnumerable<(string Name, Module<Tensor, Tensor> Module)> Numbered(IEnumerable<Module<Tensor, Tensor>> modules) =>
                modules.Select((module, index) => (index.ToString(System.Globalization.CultureInfo.InvariantCulture), module));
        }
    }
}
