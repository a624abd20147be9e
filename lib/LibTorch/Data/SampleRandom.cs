using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// The random numbers of the sample that this thread loads for a <see cref="DataLoader{T, S}"/>: they depend on the loader's seed and the
/// sample's place in the epoch alone, so that a random transform does the same whatever the number of workers.
/// </summary>
internal sealed class SampleRandom : IDisposable
{
    [ThreadStatic]
    private static SampleRandom? _current;

    private readonly Generator _generator = new();
    private SampleRandom? _outer;
    private long _seed;
    private bool _seeded;

    public static Generator? Current => _current?.Seeded;

    // the state takes a microsecond or two to make, which most samples need not pay
    private Generator Seeded
    {
        get
        {
            if (!_seeded)
                _generator.manual_seed(_seed);
            _seeded = true;
            return _generator;
        }
    }

    public void Enter(long seed)
    {
        (_seed, _seeded) = (seed, false);
        if (ReferenceEquals(_current, this))
            return;
        _outer = _current;
        _current = this;
    }

    public void Leave()
    {
        if (ReferenceEquals(_current, this))
            _current = _outer;
    }

    public void Dispose()
    {
        Leave();
        _generator.Dispose();
    }
}
