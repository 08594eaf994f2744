namespace Optuna.Studies.State;

/// <summary>Which trials the last requests got, so that a repeated request makes no other.</summary>
/// <remarks>Bounded: a request is repeated within seconds, not after thousands of others.</remarks>
internal sealed class RecentRequests
{
    private const int Capacity = 4096;

    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly Queue<Guid> _order = [];

    public IEnumerable<KeyValuePair<Guid, int>> InOrder => _order.Select(id => KeyValuePair.Create(id, _numbers[id]));

    public int? Find(Guid request) => _numbers.TryGetValue(request, out var number) ? number : null;

    public void Add(Guid request, int number)
    {
        if (request == Guid.Empty)
            return;
        if (!_numbers.TryAdd(request, number))
        {
            _numbers[request] = number;
            return;
        }

        _order.Enqueue(request);
        if (_order.Count > Capacity)
            _numbers.Remove(_order.Dequeue());
    }
}
