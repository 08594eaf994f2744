using Akka.Actor;
using Akka.Persistence;

namespace Optuna.Testing.Storage;

/// <summary>The smallest actor that keeps something: bytes it was told, in order.</summary>
public sealed class BytesActor : ReceivePersistentActor
{
    public sealed record Keep(byte[] Bytes);

    /// <summary>Also takes a snapshot; answered with <see cref="Kept"/> once it is saved.</summary>
    public sealed record Snapshot;

    public sealed record Show;

    /// <param name="Recovered">How many of <paramref name="All"/> came from the journal at start, not from a snapshot.</param>
    public sealed record Kept(IReadOnlyList<byte[]> All, int Recovered);

    private readonly List<byte[]> _all = [];
    private int _recovered;
    private IActorRef _asker = ActorRefs.Nobody;

    public BytesActor(string id)
    {
        PersistenceId = id;

        Recover<SnapshotOffer>(offer => _all.AddRange(((byte[])offer.Snapshot).Chunk(1)));
        Recover<byte[]>(bytes =>
        {
            _all.Add(bytes);
            _recovered++;
        });

        Command<Keep>(keep => Persist(keep.Bytes, bytes =>
        {
            _all.Add(bytes);
            Answer(Sender);
        }));
        Command<Snapshot>(_ =>
        {
            _asker = Sender;
            // One byte of each is enough to tell them apart.
            SaveSnapshot(_all.Select(b => b[0]).ToArray());
        });
        Command<SaveSnapshotSuccess>(_ => Answer(_asker));
        Command<SaveSnapshotFailure>(f => _asker.Tell(new Status.Failure(f.Cause)));
        Command<Show>(_ => Answer(Sender));
    }

    public override string PersistenceId { get; }

    private void Answer(IActorRef to) => to.Tell(new Kept([.. _all], _recovered));
}
