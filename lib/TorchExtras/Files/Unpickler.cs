namespace TorchSharp.Files;

/// <summary>
/// Reads the pickle of a PyTorch file. It accepts only tensors and plain containers, and never runs code: any other name is an error. Strings,
/// numbers (long, double), bools, lists, tuples (as arrays) and dictionaries become C# objects.
/// </summary>
/// <param name="build">
/// A function that replaces each <see cref="PickledTensor"/> and <see cref="PickledParameter"/>, for example with a tensor.
/// </param>
internal sealed class Unpickler(Func<object, object> build)
{
    // a limit, because one byte of a pickle can create an empty dictionary of eighty bytes
    private const int MaxContainers = 2_000_000;

    private static readonly object _mark = new();

    private readonly List<object?> _stack = [];
    private readonly Dictionary<int, object?> _memo = [];
    private int _containers;

    /// <summary>Reads one pickle.</summary>
    /// <param name="pickle">Bytes that start with a pickle.</param>
    /// <returns>The content, and the number of bytes of the pickle.</returns>
    /// <exception cref="InvalidDataException">The pickle is damaged or contains other objects.</exception>
    public (object? Content, int Length) Read(ReadOnlySpan<byte> pickle)
    {
        var reader = new PickleReader(pickle);
        while (true)
        {
            var opcode = (PickleOpcode)reader.Byte();
            if (opcode == PickleOpcode.Stop)
                return (Pop(), reader.Position);
            if (!ReadValue(opcode, ref reader))
                Rearrange(opcode, ref reader);
        }
    }

    private bool ReadValue(PickleOpcode opcode, ref PickleReader reader)
    {
        switch (opcode)
        {
            case PickleOpcode.None:
                return Push(null);
            case PickleOpcode.NewTrue:
                return Push(true);
            case PickleOpcode.NewFalse:
                return Push(false);
            case PickleOpcode.BinInt:
                return Push((long)reader.Int32());
            case PickleOpcode.BinInt1:
                return Push((long)reader.Byte());
            case PickleOpcode.BinInt2:
                return Push((long)reader.UInt16());
            case PickleOpcode.Long1:
                return Push(reader.Long());
            case PickleOpcode.BinFloat:
                return Push(reader.Float64());
            case PickleOpcode.ShortBinUnicode:
                return Push(reader.Text(reader.Byte()));
            case PickleOpcode.BinUnicode:
                return Push(reader.Text((uint)reader.Int32()));
            case PickleOpcode.BinUnicode8:
                return Push(reader.Text(reader.Int64()));
            case PickleOpcode.EmptyList:
                return PushContainer(new List<object?>());
            case PickleOpcode.EmptyDict:
                return PushContainer(new Dictionary<object, object?>());
            case PickleOpcode.EmptyTuple:
                return Push(Array.Empty<object?>());
            case PickleOpcode.Global:
                return Push(PickleGlobal.Named(reader.Line(), reader.Line()));
            case PickleOpcode.Instance:
                throw PickleGlobal.Refusal($"{reader.Line()}.{reader.Line()}");
            default:
                return false;
        }
    }

    private void Rearrange(PickleOpcode opcode, ref PickleReader reader)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol:
                reader.Byte();
                break;
            case PickleOpcode.Frame:
                reader.Int64();
                break;
            case PickleOpcode.Mark:
                Push(_mark);
                break;
            case PickleOpcode.Pop:
                _ = Pop();
                break;
            case PickleOpcode.PopMark:
                _ = PopToMark();
                break;
            case PickleOpcode.Dup:
                Push(Peek());
                break;
            case PickleOpcode.BinPut:
                _memo[reader.Byte()] = Peek();
                break;
            case PickleOpcode.LongBinPut:
                _memo[reader.Int32()] = Peek();
                break;
            case PickleOpcode.Memoize:
                _memo[_memo.Count] = Peek();
                break;
            case PickleOpcode.BinGet:
                Recall(reader.Byte());
                break;
            case PickleOpcode.LongBinGet:
                Recall(reader.Int32());
                break;
            case PickleOpcode.Tuple:
                PushContainer(PopToMark());
                break;
            case PickleOpcode.Tuple1:
                PushContainer(PopMany(1));
                break;
            case PickleOpcode.Tuple2:
                PushContainer(PopMany(2));
                break;
            case PickleOpcode.Tuple3:
                PushContainer(PopMany(3));
                break;
            default:
                Combine(opcode);
                break;
        }
    }

    private void Combine(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Append:
                Append(PopMany(1));
                break;
            case PickleOpcode.Appends:
                Append(PopToMark());
                break;
            case PickleOpcode.SetItem:
                SetItems(PopMany(2));
                break;
            case PickleOpcode.SetItems:
                SetItems(PopToMark());
                break;
            case PickleOpcode.StackGlobal:
                var names = PopMany(2);
                Push(PickleGlobal.Named(names[0] as string ?? throw Damaged(), names[1] as string ?? throw Damaged()));
                break;
            case PickleOpcode.BinPersistentId:
                Push(PickleGlobal.Storage(Pop()));
                break;
            case PickleOpcode.Reduce:
                var call = PopMany(2);
                Push(Built((call[0] as PickleGlobal ?? throw Damaged()).Call(call[1] as object?[] ?? throw Damaged())));
                break;
            case PickleOpcode.Build:
                // attributes of an OrderedDict: the version numbers of modules
                _ = Pop();
                if (Peek() is not Dictionary<object, object?>)
                    throw Damaged();
                break;
            default:
                throw new InvalidDataException(
                    $"The file's pickle uses opcode 0x{(byte)opcode:x2}, which files of tensors and plain containers do not use: it is damaged or "
                    + "contains other objects.");
        }
    }

    private object? Built(object? result) => result is PickledTensor or PickledParameter ? build(result) : result;

    private void Append(object?[] items)
    {
        if (Peek() is not List<object?> list)
            throw Damaged();
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Peek() is not Dictionary<object, object?> dictionary || items.Length % 2 != 0)
            throw Damaged();
        for (var i = 0; i < items.Length; i += 2)
        {
            if (items[i] is not (string or long or double or bool))
                throw new InvalidDataException("A dictionary in the file has a key that is neither a string nor a number.");
            dictionary[items[i]!] = items[i + 1];
        }
    }

    private bool Push(object? value)
    {
        _stack.Add(value);
        return true;
    }

    private bool PushContainer(object container)
    {
        if (++_containers > MaxContainers)
        {
            throw new InvalidDataException(
                $"The file contains more than {MaxContainers:N0} lists, tuples and dictionaries: it is damaged or malicious.");
        }
        return Push(container);
    }

    private void Recall(int index) => Push(_memo.TryGetValue(index, out var value) ? value : throw Damaged());

    private object? Peek() => _stack.Count > 0 && !ReferenceEquals(_stack[^1], _mark) ? _stack[^1] : throw Damaged();

    private object? Pop() => PopMany(1)[0];

    private object?[] PopMany(int count)
    {
        var start = _stack.Count - count;
        if (start < 0 || _stack.FindIndex(start, item => ReferenceEquals(item, _mark)) >= 0)
            throw Damaged();
        var items = _stack[start..].ToArray();
        _stack.RemoveRange(start, count);
        return items;
    }

    private object?[] PopToMark()
    {
        var mark = _stack.FindLastIndex(item => ReferenceEquals(item, _mark));
        if (mark < 0)
            throw Damaged();
        var items = PopMany(_stack.Count - mark - 1);
        _stack.RemoveAt(mark);
        return items;
    }

    private static InvalidDataException Damaged() => new("The pickle in the file is not well-formed: the file is damaged.");
}
