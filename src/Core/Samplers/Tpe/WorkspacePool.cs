using System.Collections.Concurrent;

namespace Optuna.Samplers.Tpe;

/// <summary>As many workspaces as there were draws at one time.</summary>
internal sealed class WorkspacePool(TpeOptions options)
{
    private readonly ConcurrentBag<TpeWorkspace> _idle = [];

    internal TpeWorkspace Rent() => _idle.TryTake(out var workspace) ? workspace : new TpeWorkspace(options);

    /// <summary>Not to be called after a failed draw, whose buffers may be in any state.</summary>
    internal void Return(TpeWorkspace workspace) => _idle.Add(workspace);
}
