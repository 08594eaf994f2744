using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Optuna.Numerics;

/// <summary>
/// The MT19937 generator of 32-bit words (Matsumoto and Nishimura 1998), with the two seedings NumPy's legacy generator
/// uses and its convention that position 624 means "no word left, make the next 624".
/// </summary>
internal sealed class MersenneTwister
{
    internal const int Size = 624;
    private const int Middle = 397;
    private const uint Matrix = 0x9908b0df;
    private const uint Upper = 0x80000000;
    private const uint Lower = 0x7fffffff;

    // Every array seeding starts from the key that seed 19650218 gives, so it is worked out once.
    private static readonly uint[] ArraySeedBase = KeyOf(19650218);

    // A stream seeded for a few numbers makes no more words than that at first, from the part of the key they depend on.
    private const int Opening = 48;

    private readonly uint[] _key = new uint[Size];
    private readonly uint[] _tempered = new uint[Size];
    private int _position = Size;

    // Words are made up to here: all 624, or the opening ones; after a seeding that made none yet, 624 with _filled below.
    private int _made = Size;

    // The key is filled up to here.
    private int _filled = Size;

    /// <summary>How many of the current 624 words have been handed out: 0 to 624.</summary>
    internal int Position => _position;

    /// <summary>The untempered state words: what NumPy calls the key.</summary>
    internal ReadOnlySpan<uint> Key
    {
        get
        {
            Complete();
            return _key;
        }
    }

    internal void Seed(uint seed)
    {
        _key[0] = seed;
        (_filled, _position, _made) = (1, Size, Size);
    }

    internal void Seed(ReadOnlySpan<uint> seeds)
    {
        var key = _key;
        ArraySeedBase.CopyTo(key, 0);

        var i = 1;
        var previous = key[0];
        for (int left = Math.Max(Size, seeds.Length), j = 0; left > 0; left--)
        {
            previous = key[i] = (key[i] ^ ((previous ^ (previous >> 30)) * 1664525u)) + seeds[j] + (uint)j;
            if (++i == Size)
            {
                key[0] = previous;
                i = 1;
            }
            if (++j == seeds.Length)
                j = 0;
        }
        for (var left = Size - 1; left > 0; left--)
        {
            previous = key[i] = (key[i] ^ ((previous ^ (previous >> 30)) * 1566083941u)) - (uint)i;
            if (++i == Size)
            {
                key[0] = previous;
                i = 1;
            }
        }
        key[0] = Upper;
        (_filled, _position, _made) = (Size, Size, Size);
    }

    internal void Restore(ReadOnlySpan<uint> key, int position)
    {
        key.CopyTo(_key);
        Temper(0, Size);
        (_filled, _position, _made) = (Size, position, Size);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Next()
    {
        if (_position == _made)
            Refill();
        return _tempered[_position++];
    }

    /// <summary>The words still left of the current block, at least two unless the block ends odd; take them with <see cref="Advance"/>.</summary>
    internal ReadOnlySpan<uint> Block()
    {
        if (_position == _made)
            Refill();
        return _tempered.AsSpan(_position, _made - _position);
    }

    internal void Advance(int words) => _position += words;

    private void Refill()
    {
        if (_made < Size)
        {
            Complete();
            return;
        }

        if (_filled < Size)
        {
            Fill(Middle + Opening);
            Twist(_key, 0, Opening, Middle);
            Temper(0, Opening);
            (_position, _made) = (0, Opening);
            return;
        }

        TwistFrom(0);
        Temper(0, Size);
        _position = 0;
    }

    // Makes what a seeding left out: the rest of the key and, after the opening words, the others.
    private void Complete()
    {
        if (_filled < Size)
            Fill(Size);
        if (_made == Size)
            return;
        TwistFrom(_made);
        Temper(_made, Size);
        _made = Size;
    }

    private void Fill(int to)
    {
        FillKey(_key, _filled, to);
        _filled = to;
    }

    private void TwistFrom(int first)
    {
        var key = _key;
        Twist(key, first, Size - Middle, Middle);
        Twist(key, Size - Middle, Size - 1, Middle - Size);
        key[Size - 1] = Twisted(key[Size - 1], key[0], key[Middle - 1]);
    }

    // The word `offset` away is either still of the old block (offset > 0) or already of the new one, and always further
    // away than a vector is wide, so whole vectors can be made at once.
    private static void Twist(uint[] key, int from, int to, int offset)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(key);
        var i = from;
        for (; i <= to - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var here = Vector.LoadUnsafe(ref first, (nuint)i);
            var next = Vector.LoadUnsafe(ref first, (nuint)(i + 1));
            var far = Vector.LoadUnsafe(ref first, (nuint)(i + offset));
            var mixed = (here & new Vector<uint>(Upper)) | (next & new Vector<uint>(Lower));
            var odd = Vector<uint>.Zero - (next & Vector<uint>.One);
            (far ^ (mixed >>> 1) ^ (odd & new Vector<uint>(Matrix))).StoreUnsafe(ref first, (nuint)i);
        }
        for (; i < to; i++)
            key[i] = Twisted(key[i], key[i + 1], key[i + offset]);
    }

    private static uint Twisted(uint here, uint next, uint far) =>
        far ^ (((here & Upper) | (next & Lower)) >> 1) ^ ((0u - (next & 1)) & Matrix);

    private void Temper(int first, int end)
    {
        var (key, tempered) = (_key, _tempered);
        var i = first;
        for (; i <= end - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var y = new Vector<uint>(key, i);
            y ^= y >>> 11;
            y ^= (y << 7) & new Vector<uint>(0x9d2c5680);
            y ^= (y << 15) & new Vector<uint>(0xefc60000);
            (y ^ (y >>> 18)).CopyTo(tempered, i);
        }
        for (; i < end; i++)
        {
            var y = key[i];
            y ^= y >> 11;
            y ^= (y << 7) & 0x9d2c5680;
            y ^= (y << 15) & 0xefc60000;
            tempered[i] = y ^ (y >> 18);
        }
    }

    private static uint[] KeyOf(uint seed)
    {
        var key = new uint[Size];
        key[0] = seed;
        FillKey(key, 1, Size);
        return key;
    }

    private static void FillKey(uint[] key, int from, int to)
    {
        var word = key[from - 1];
        for (var i = from; i < to; i++)
            key[i] = word = (1812433253u * (word ^ (word >> 30))) + (uint)i;
    }
}
