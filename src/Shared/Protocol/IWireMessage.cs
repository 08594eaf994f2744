namespace Optuna.Cluster.Protocol;

/// <summary>Anything of ours that crosses the wire or stands in a journal, besides the engine's own commands, replies and events. The one serializer is bound to it.</summary>
public interface IWireMessage;
