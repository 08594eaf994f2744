namespace Optuna.Cluster.Client;

/// <summary>What others than its actor may see of a connection.</summary>
internal sealed class ConnectionState
{
    private volatile bool _isOpen;

    /// <summary>A coordinator has said welcome and has not fallen silent since.</summary>
    public bool IsOpen
    {
        get => _isOpen;
        set => _isOpen = value;
    }
}
