using System.Text;
using TorchSharp.Files;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public abstract partial class Module
        {
            /// <summary>Saves parameters and persistent buffers in TorchSharp's own format; for PyTorch's see <see cref="PyTorchFile.save_py"/>.</summary>
            /// <param name="location">The file, which is replaced at once when all is written.</param>
            /// <param name="skip">Names left out.</param>
            public Module save(string location, IList<string>? skip = null)
            {
                AtomicFile.Write(location, stream => save(stream, skip));
                return this;
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <inheritdoc cref="save(string, IList{string})"/>
            /// <param name="stream">Where to; it is flushed and, unlike TorchSharp's, left open.</param>
            /// <param name="skip">Names left out.</param>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
                return save(writer, skip);
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null) =>
                ModuleFile.Write(writer, skip is { Count: > 0 } ? sd.Where(entry => !skip.Contains(entry.Key)) : sd);

            /// <summary>Loads what <see cref="save(string, IList{string})"/> wrote.</summary>
            /// <param name="location">The file.</param>
            /// <param name="strict">Whether the file must have exactly the module's names.</param>
            /// <param name="skip">Names whose values stay as they are.</param>
            /// <param name="loadedParameters">Is told each of the file's names, and whether the module has it.</param>
            /// <exception cref="InvalidDataException">The file is damaged or of another format; the module is unchanged.</exception>
            /// <exception cref="ArgumentException">Names, types or shapes differ; the module is unchanged.</exception>
            public virtual Module load(
                string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var stream = File.OpenRead(location);
                return FileErrors.Named(location, () => load(stream, strict, skip, loadedParameters));
            }

            /// <inheritdoc cref="load(string, bool, IList{string}, Dictionary{string, bool})"/>
            public virtual Module load(
                BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                ModuleFile.Load(this, reader, strict, skip, loadedParameters);
                return this;
            }

            /// <inheritdoc cref="load(string, bool, IList{string}, Dictionary{string, bool})"/>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>A new module with the parameters and buffers of a file.</summary>
            public static Module Create<T>(string path)
                where T : Module, new()
            {
                var module = new T();
                try
                {
                    return module.load(path);
                }
                catch
                {
                    module.Dispose();
                    throw;
                }
            }
        }
    }
}
