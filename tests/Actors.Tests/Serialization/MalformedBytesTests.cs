using System.Runtime.Serialization;
using CsCheck;
using Optuna.Cluster.Serialization;

namespace Optuna.Tests.Serialization;

public sealed class MalformedBytesTests
{
    private static readonly (SerializerRow Row, byte[] Bytes)[] s_good =
        [.. Protocol.Samples.Select(s => SerializerTable.Of(s.Message)).Zip(Protocol.Samples, (row, s) => (row, row.Write(s.Message)))];

    private static readonly Gen<(SerializerRow Row, byte[] Bytes)> s_mutated =
        from good in Gen.Int[0, s_good.Length - 1].Select(i => s_good[i])
        from keep in Gen.Int[0, good.Bytes.Length]
        from changes in Gen.Select(Gen.Int[0, 4096], Gen.Byte).Array[0, 4]
        from tail in Gen.Byte.Array[0, 8]
        select (good.Row, Mutate(good.Bytes, keep, changes, tail));

    [Fact]
    public void Mutated_bytes_are_read_or_refused_and_nothing_else()
    {
        s_mutated.Sample(m => ReadsOrRefuses(m.Row, m.Bytes), time: 5, writeLine: _ => { });
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_and_nothing_else()
    {
        Gen.Select(Gen.Int[0, SerializerTable.Rows.Length - 1].Select(i => SerializerTable.Rows[i]), Gen.Byte.Array[0, 200])
            .Sample((row, bytes) => ReadsOrRefuses(row, bytes), time: 2, writeLine: _ => { });
    }

    [Fact]
    public void Every_truncation_is_read_or_refused_and_nothing_else()
    {
        foreach (var (row, bytes) in s_good)
        {
            for (var length = 0; length < bytes.Length; length++)
                ReadsOrRefuses(row, bytes[..length]);
        }
    }

    [Fact]
    public void A_length_of_two_thousand_million_is_refused_without_taking_the_memory()
    {
        // Field 1, length-delimited, 0x7FFFFFFF bytes: a list of events, a packed list, a text.
        byte[] huge = [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<SerializationException>(() => SerializerTable.Of("event-batch/1").Read(huge));
        Assert.Throws<SerializationException>(() => SerializerTable.Of("pong/1").Read(huge));
        Assert.Throws<SerializationException>(() => SerializerTable.Of("event-batch/1").Read([0x0A, 0x08, 0x4A, 0x06, 0x1A, .. huge[1..]]));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static void ReadsOrRefuses(SerializerRow row, byte[] bytes)
    {
        try
        {
            Assert.NotNull(row.Read(bytes));
        }
        catch (SerializationException)
        {
            // The one allowed way out; any other exception fails the test.
        }
    }

    private static byte[] Mutate(byte[] bytes, int keep, (int At, byte Value)[] changes, byte[] tail)
    {
        // Half of the time nothing is cut, so that later fields are reached too.
        byte[] copy = [.. keep % 2 == 0 ? bytes : bytes[..keep], .. keep % 3 == 0 ? tail : []];
        if (copy.Length == 0)
            return copy;
        foreach (var (at, value) in changes)
            copy[at % copy.Length] = value;
        return copy;
    }
}
