using System.Buffers;
using System.Buffers.Binary;
using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Files;

/// <summary>Writes tensors and plain containers as a pickle of protocol 2, like torch.save.</summary>
internal sealed class Pickler
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly StoragePlan _plan;

    private Pickler(StoragePlan plan) => _plan = plan;

    public static byte[] Pickle(object? content, StoragePlan plan)
    {
        var pickler = new Pickler(plan);
        pickler.Put(PickleOpcode.Protocol, 2);
        pickler.Save(content);
        pickler.Put(PickleOpcode.Stop);
        return pickler._bytes.WrittenSpan.ToArray();
    }

    /// <summary>Returns all tensors in nested containers.</summary>
    /// <exception cref="ArgumentException">An object cannot be saved, or the containers are nested too deeply.</exception>
    public static IEnumerable<Tensor> TensorsOf(object? content, int depth = 0)
    {
        if (depth > PlainContent.MaxDepth)
            throw new ArgumentException($"Containers are nested more than {PlainContent.MaxDepth} levels deep, or a container contains itself.", nameof(content));
        return content switch
        {
            Tensor tensor => [tensor],
            null or string or bool or byte or sbyte or short or ushort or int or uint or long or float or double => [],
            IDictionary dictionary => dictionary.Values.Cast<object?>().SelectMany(value => TensorsOf(value, depth + 1)),
            IList list => list.Cast<object?>().SelectMany(item => TensorsOf(item, depth + 1)),
            ITuple tuple => Items(tuple).SelectMany(item => TensorsOf(item, depth + 1)),
            _ => throw new ArgumentException(
                $"A PyTorch file cannot contain a {content.GetType().Name}: only tensors, strings, numbers, bools, null, dictionaries, lists and "
                + "tuples.",
                nameof(content)),
        };
    }

    private void Save(object? value)
    {
        switch (value)
        {
            case null:
                Put(PickleOpcode.None);
                break;
            case bool truth:
                Put(truth ? PickleOpcode.NewTrue : PickleOpcode.NewFalse);
                break;
            case string text:
                Text(text);
                break;
            case float or double:
                Put(PickleOpcode.BinFloat);
                Span<byte> real = stackalloc byte[sizeof(double)];
                BinaryPrimitives.WriteDoubleBigEndian(real, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                _bytes.Write(real);
                break;
            case Tensor tensor:
                SaveTensor(tensor);
                break;
            case IDictionary dictionary:
                SaveDictionary(dictionary);
                break;
            case object?[] tuple when tuple.GetType() == typeof(object[]):
                SaveTuple(tuple);
                break;
            case IList list:
                Put(PickleOpcode.EmptyList);
                Put(PickleOpcode.Mark);
                foreach (var item in list)
                    Save(item);
                Put(PickleOpcode.Appends);
                break;
            case ITuple tuple:
                SaveTuple(Items(tuple));
                break;
            default:
                Integer(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void SaveDictionary(IDictionary dictionary)
    {
        if (dictionary is IDictionary<string, Tensor>)
        {
            Global("collections", "OrderedDict");
            Put(PickleOpcode.EmptyTuple);
            Put(PickleOpcode.Reduce);
        }
        else
        {
            Put(PickleOpcode.EmptyDict);
        }
        Put(PickleOpcode.Mark);
        foreach (DictionaryEntry entry in dictionary)
        {
            if (entry.Key is not (string or bool or int or long or float or double))
                throw new ArgumentException($"A PyTorch file's dictionary cannot have a key of type {entry.Key.GetType().Name}: use strings or numbers.");
            Save(entry.Key);
            Save(entry.Value);
        }
        Put(PickleOpcode.SetItems);
    }

    private void SaveTuple(IEnumerable<object?> items)
    {
        Put(PickleOpcode.Mark);
        foreach (var item in items)
            Save(item);
        Put(PickleOpcode.Tuple);
    }

    private void SaveTensor(Tensor tensor)
    {
        var (storage, offset, size, stride) = _plan.Place(tensor);
        Global("torch._utils", "_rebuild_tensor_v2");
        Put(PickleOpcode.Mark);
        Put(PickleOpcode.Mark);
        Text("storage");
        Global("torch", PickleGlobal.StorageName(storage.Owner.dtype));
        Text(storage.Key);
        Text("cpu");
        Integer(storage.Elements);
        Put(PickleOpcode.Tuple);
        Put(PickleOpcode.BinPersistentId);
        Integer(offset);
        SaveTuple(size.Cast<object?>());
        SaveTuple(stride.Cast<object?>());
        Put(tensor is not Modules.Parameter && tensor.requires_grad ? PickleOpcode.NewTrue : PickleOpcode.NewFalse);
        Global("collections", "OrderedDict");
        Put(PickleOpcode.EmptyTuple);
        Put(PickleOpcode.Reduce);
        Put(PickleOpcode.Tuple);
        Put(PickleOpcode.Reduce);
    }

    private void Integer(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            Put(PickleOpcode.BinInt);
            _bytes.Write(bytes[..sizeof(int)]);
            return;
        }
        Put(PickleOpcode.Long1, sizeof(long));
        _bytes.Write(bytes);
    }

    private void Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        Put(PickleOpcode.BinUnicode);
        _bytes.Write(length);
        _bytes.Write(utf8);
    }

    private void Global(string module, string name)
    {
        Put(PickleOpcode.Global);
        _bytes.Write(Encoding.UTF8.GetBytes($"{module}\n{name}\n"));
    }

    private void Put(PickleOpcode opcode) => _bytes.Write([(byte)opcode]);

    private void Put(PickleOpcode opcode, byte argument)
    {
        Put(opcode);
        _bytes.Write([argument]);
    }

    private static IEnumerable<object?> Items(ITuple tuple)
    {
        for (var i = 0; i < tuple.Length; i++)
            yield return tuple[i];
    }
}
