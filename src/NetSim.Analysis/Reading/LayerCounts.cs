using System.Runtime.CompilerServices;

namespace NetSim.Analysis.Reading;

/// <summary>How many frames and bytes have which stack of layers. A stack is sixteen layers of a byte each, the innermost lowest.</summary>
internal sealed class LayerCounts
{
    private const int MostStacks = 4096;
    private const int NearBits = 6;
    private readonly Dictionary<UInt128, int> _numbers = [];
    private readonly List<UInt128> _stacks = [];
    private readonly (UInt128 Stack, int Number)[] _near = new (UInt128, int)[1 << NearBits];
    private long[] _frames = new long[64], _bytes = new long[64];

    /// <summary>Counts a frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(UInt128 stack, int bytes)
    {
        ref var near = ref _near[(int)((ulong)stack * 0x9E37_79B9_7F4A_7C15 >> (64 - NearBits))];
        if (near.Stack != stack || near.Number == 0 && _stacks.Count == 0) near = (stack, NumberOf(stack));
        _frames[near.Number]++;
        _bytes[near.Number] += bytes;
    }

    /// <summary>All stacks, outermost layer first, in the order in which they were met.</summary>
    public IEnumerable<(List<LayerKind> Layers, long Frames, long Bytes)> Stacks() => _stacks.Select((s, n) => (Layers(s), _frames[n], _bytes[n]));

    private int NumberOf(UInt128 stack)
    {
        if (_numbers.TryGetValue(stack, out int number)) return number;
        // Beyond the bound only the outermost layer is told apart.
        if (_stacks.Count >= MostStacks && stack >> 8 != 0)
        {
            while (stack >> 8 != 0) stack >>= 8;
            return NumberOf(stack);
        }
        number = _stacks.Count;
        _stacks.Add(stack);
        _numbers[stack] = number;
        if (number == _frames.Length)
        {
            Array.Resize(ref _frames, number * 2);
            Array.Resize(ref _bytes, number * 2);
        }
        return number;
    }

    private static List<LayerKind> Layers(UInt128 stack)
    {
        var layers = new List<LayerKind>();
        for (; stack != 0; stack >>= 8) layers.Insert(0, (LayerKind)(byte)stack);
        return layers;
    }
}
