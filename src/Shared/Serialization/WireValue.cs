using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Serialization;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Optuna.Studies;
using Optuna.Trials;
using C = Optuna.Cluster.Protos.Common;

namespace Optuna.Cluster.Serialization;

/// <summary>Single values in both directions. Enums are checked in both, so that no journal holds what no reader knows.</summary>
internal static class WireValue
{
    /// <summary>A list nobody set is an empty one.</summary>
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> items) => items.IsDefault ? [] : items;

    public static ByteString Write(Guid id)
    {
        var bytes = new byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static Guid ReadGuid(ByteString bytes) => bytes.Length == 16
        ? new Guid(bytes.Span, bigEndian: true)
        : throw new SerializationException($"A request id has 16 bytes, not {bytes.Length}.");

    public static DateTimeOffset ReadTime(long ticks) => new(CheckedTicks(ticks), TimeSpan.Zero);

    /// <summary>Ticks in UTC; a time without a kind counts as UTC.</summary>
    public static long Ticks(DateTime time) => (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).Ticks;

    public static DateTime ReadUtc(long ticks) => new(CheckedTicks(ticks), DateTimeKind.Utc);

    public static C.TrialState Write(TrialState state) => (C.TrialState)Checked((int)state, 0, 4, nameof(TrialState));

    public static TrialState Read(C.TrialState state) => (TrialState)Checked((int)state, 0, 4, nameof(TrialState));

    public static C.StudyDirection Write(StudyDirection direction) => (C.StudyDirection)Checked((int)direction, 1, 2, nameof(StudyDirection));

    public static StudyDirection Read(C.StudyDirection direction) => (StudyDirection)Checked((int)direction, 1, 2, nameof(StudyDirection));

    public static C.AttrKind Write(AttrKind kind) => (C.AttrKind)Checked((int)kind, 0, 1, nameof(AttrKind));

    public static AttrKind Read(C.AttrKind kind) => (AttrKind)Checked((int)kind, 0, 1, nameof(AttrKind));

    public static C.StudyMode Write(StudyMode mode) => (C.StudyMode)Checked((int)mode, 0, 2, nameof(StudyMode));

    public static StudyMode Read(C.StudyMode mode) => (StudyMode)Checked((int)mode, 0, 2, nameof(StudyMode));

    public static int Reason(int reason) => Checked(reason, 0, 3, nameof(NoTrialReason));

    public static int Rejection(int code) => Checked(code, 1, (int)Studies.Rejection.Unavailable, nameof(Studies.Rejection));

    public static void Write(ImmutableArray<double> values, RepeatedField<double> to)
    {
        if (values.IsDefaultOrEmpty)
            return;
        to.Capacity = values.Length;
        foreach (var value in values)
            to.Add(value);
    }

    public static ImmutableArray<double> Read(RepeatedField<double> values)
    {
        if (values.Count == 0)
            return [];
        var array = new double[values.Count];
        values.CopyTo(array, 0);
        return ImmutableCollectionsMarshal.AsImmutableArray(array);
    }

    public static void Write(ImmutableArray<string> texts, RepeatedField<string> to, string field)
    {
        if (texts.IsDefault)
            return;
        foreach (var text in texts)
            to.Add(WireText.Data(text, field));
    }

    public static ImmutableArray<string> Read(RepeatedField<string> texts) => [.. texts];

    /// <summary>A part of a message that must be there.</summary>
    public static T Required<T>(T? part, string field) where T : class =>
        part ?? throw new SerializationException($"'{field}' is missing.");

    private static long CheckedTicks(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks
        ? ticks
        : throw new SerializationException($"{ticks} ticks are no point in time.");

    private static int Checked(int number, int least, int most, string name) => number >= least && number <= most
        ? number
        : throw new SerializationException($"{name} has no number {number}.");
}
