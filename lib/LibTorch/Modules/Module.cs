using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A part of a network: parameters, buffers and other modules, under names. See
        /// <see href="https://pytorch.org/docs/stable/generated/torch.nn.Module.html">torch.nn.Module</see>.
        /// </summary>
        public abstract partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Parameter> _parameters = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _buffers = [];
            private readonly OrderedDictionary<string, Module> _submodules = [];
            private readonly string _name;
            private bool _training = true;

            protected Module(string name) => _name = name;

            /// <summary>Whether layers such as dropout and batch norm behave as in training.</summary>
            public virtual bool training => _training;

            public virtual string GetName() => _name;

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var child in children())
                    child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Calls <paramref name="fn"/> with every submodule and then with this module.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in children())
                    child.apply(fn);
                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }
                    using var gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => _submodules.Select(entry => (entry.Key, entry.Value));

            public virtual IEnumerable<Module> children() => _submodules.Values;

            /// <summary>All modules below this one, under their full names; this one itself is left out.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (name, child) in named_children())
                {
                    yield return (name, child);
                    foreach (var (inner, module) in child.named_modules())
                        yield return ($"{name}.{inner}", module);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            /// <summary>The module's own parameters, then those of its submodules; one that several share is listed once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                return AllParameters(recurse).Where(entry => seen.Add(entry.parameter));
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(entry => entry.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var (name, buffer) in _buffers)
                {
                    if (buffer.Persistent || include_nonpersistent)
                        yield return (name, buffer.Tensor);
                }
                if (!recurse)
                    yield break;
                foreach (var (name, child) in named_children())
                {
                    foreach (var (inner, buffer) in child.named_buffers(true, include_nonpersistent))
                        yield return ($"{name}.{inner}", buffer);
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(entry => entry.name == target).parameter;

            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(entry => entry.name == target).buffer;

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            public virtual void register_parameter(string name, Parameter param)
            {
                RefuseTakenName(name);
                _parameters.Add(name, param.DetachFromDisposeScope());
            }

            /// <summary>Lets a layer have another parameter in the place of one, which is disposed, or none.</summary>
            internal Parameter? ReplaceParameter(string name, Parameter? old, Parameter? value)
            {
                if (ReferenceEquals(old, value))
                    return value;
                if (value is null)
                    _parameters.Remove(name);
                else
                    _parameters[name] = value.DetachFromDisposeScope();
                old?.Dispose();
                return value;
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                RefuseTakenName(name);
                _buffers.Add(name, (tensor.DetachFromDisposeScope(), persistent));
            }

            public virtual void register_module(string name, Module submodule)
            {
                RefuseTakenName(name);
                _submodules.Add(name, submodule);
            }

            public virtual void add_module(string name, Module module) => register_module(name, module);

            /// <summary>
            /// Registers every field that holds a parameter, a module or (as a buffer) a plain tensor, under the field's name. Call it at the
            /// end of the constructor: what it has not seen is neither trained nor saved.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                foreach (var field in FieldsFromBaseToDerived())
                {
                    var name = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    if (_parameters.ContainsKey(name) || _buffers.ContainsKey(name) || _submodules.ContainsKey(name))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(name, tensor);
                            break;
                    }
                }
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var child in children())
                    child.Dispose();
                foreach (var parameter in _parameters.Values)
                    parameter.Dispose();
                foreach (var (_, buffer) in _buffers)
                    buffer.Tensor.Dispose();
            }

            private IEnumerable<(string name, Parameter parameter)> AllParameters(bool recurse)
            {
                foreach (var (name, parameter) in _parameters)
                    yield return (name, parameter);
                if (!recurse)
                    yield break;
                foreach (var (name, child) in named_children())
                {
                    foreach (var (inner, parameter) in child.named_parameters())
                        yield return ($"{name}.{inner}", parameter);
                }
            }

            private void RefuseTakenName(string name)
            {
                if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"'{name}' cannot name a part of a module: names are not empty and have no dot.", nameof(name));
                if (_parameters.ContainsKey(name) || _buffers.ContainsKey(name) || _submodules.ContainsKey(name))
                    throw new ArgumentException($"The module {GetName()} already has a part named '{name}'.", nameof(name));
            }

            private IEnumerable<FieldInfo> FieldsFromBaseToDerived()
            {
                const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                var lineage = new Stack<Type>();
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                    lineage.Push(type);
                return lineage.SelectMany(type => type.GetFields(Own));
            }
        }
    }
}
