namespace NetSim.Simulation.Faults;

/// <summary>Chance of a fault: the Mersenne Twister, seeded and read as Python's random.Random(seed).random() is, so that a relay written in Python loses the same frames.
/// Source: Matsumoto and Nishimura, mt19937ar (init_by_array, genrand_res53).</summary>
internal sealed class FaultChance
{
    private const int Size = 624;
    private const int Middle = 397;
    private readonly uint[] _state = new uint[Size];
    private int _at = Size;

    public FaultChance(uint seed)
    {
        Fill(19650218);
        int i = 1;
        for (int k = Size; k > 0; k--)
        {
            _state[i] = (_state[i] ^ (_state[i - 1] ^ _state[i - 1] >> 30) * 1664525) + seed;
            i = Next(i);
        }
        for (int k = Size - 1; k > 0; k--)
        {
            _state[i] = (_state[i] ^ (_state[i - 1] ^ _state[i - 1] >> 30) * 1566083941) - (uint)i;
            i = Next(i);
        }
        _state[0] = 0x8000_0000;
    }

    /// <summary>From 0 to below 1, in steps of 2^-53.</summary>
    public double Draw()
    {
        ulong high = Word() >> 5, low = Word() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /// <summary>A whole number from 0 to below <paramref name="end"/>.</summary>
    public int Draw(int end) => (int)(Draw() * end);

    /// <summary>Does something of that share happen now? Nothing is drawn for what never does.</summary>
    public bool Happens(double share) => share > 0 && Draw() < share;

    private void Fill(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Size; i++) _state[i] = 1812433253 * (_state[i - 1] ^ _state[i - 1] >> 30) + i;
    }

    private int Next(int i)
    {
        if (++i < Size) return i;
        _state[0] = _state[Size - 1];
        return 1;
    }

    private uint Word()
    {
        if (_at == Size) Twist();
        uint y = _state[_at++];
        y ^= y >> 11;
        y ^= y << 7 & 0x9D2C_5680;
        y ^= y << 15 & 0xEFC6_0000;
        return y ^ y >> 18;
    }

    private void Twist()
    {
        for (int k = 0; k < Size; k++)
        {
            uint y = _state[k] & 0x8000_0000 | _state[(k + 1) % Size] & 0x7FFF_FFFF;
            _state[k] = _state[(k + Middle) % Size] ^ y >> 1 ^ ((y & 1) == 0 ? 0 : 0x9908_B0DF);
        }
        _at = 0;
    }
}
