using Optuna.Cluster.Protocol;
using Optuna.Studies;
using W = Optuna.Cluster.Protos.Wire;

namespace Optuna.Cluster.Serialization;

/// <summary>Sessions, heartbeats, and who watches which study.</summary>
internal static class SessionWire
{
    public static readonly W.Empty Nothing = new();

    public static W.WorkerHeartbeat Write(WorkerHeartbeat m) =>
        new() { Study = m.Study.Value, Worker = WireText.Data(m.Worker.Value, "Worker"), Trials = { m.Trials.IsDefault ? [] : m.Trials } };

    public static WorkerHeartbeat Read(W.WorkerHeartbeat w) => new(new StudyId(w.Study), new WorkerId(w.Worker), [.. w.Trials]);

    public static W.WatchStudy Write(WatchStudy m) => new() { Study = m.Study.Value };

    public static WatchStudy Read(W.WatchStudy w) => new(new StudyId(w.Study));

    public static W.StudyChanged Write(StudyChanged m) => new() { Study = m.Study.Value, Version = m.Version };

    public static StudyChanged Read(W.StudyChanged w) => new(new StudyId(w.Study), w.Version);

    public static W.Hello Write(Sessions.Hello m) => new() { Version = m.Version, Client = WireText.Sentence(m.Client, "Client") };

    public static Sessions.Hello Read(W.Hello w) => new(w.Version, w.Client);

    public static W.Welcome Write(Sessions.Welcome m)
    {
        var wire = new W.Welcome { Version = m.Version, Lease = m.Lease.Ticks };
        WireValue.Write(m.Coordinators, wire.Coordinators, "Coordinators");
        return wire;
    }

    public static Sessions.Welcome Read(W.Welcome w) => new(w.Version, WireValue.Read(w.Coordinators), TimeSpan.FromTicks(w.Lease));

    public static W.Refused Write(Sessions.Refused m) => new() { Version = m.Version, Sentence = WireText.Sentence(m.Sentence, "Sentence") };

    public static Sessions.Refused Read(W.Refused w) => new(w.Version, w.Sentence);

    public static W.Pong Write(Sessions.Pong m)
    {
        var wire = new W.Pong();
        WireValue.Write(m.Coordinators, wire.Coordinators, "Coordinators");
        return wire;
    }

    public static Sessions.Pong Read(W.Pong w) => new(WireValue.Read(w.Coordinators));
}
