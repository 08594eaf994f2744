namespace Optuna.Studies.State;

/// <summary>
/// The different lists of parameters that finished trials had. Trials of one shape share one list, and what depends
/// on the shape alone (search spaces) is worked out once per shape rather than once per trial.
/// </summary>
internal sealed class ParamShapes
{
    private readonly List<int[]> _shapes = [];
    private readonly Dictionary<int[], int> _index = new(ContentComparer.Instance);
    private int _last;

    public int[] this[int shape] => _shapes[shape];

    /// <summary>Number of the shape with these parameters in this order.</summary>
    public int Intern(ReadOnlySpan<ParamValue> values)
    {
        if (_shapes.Count > 0 && Same(_shapes[_last], values))
            return _last;
        var key = new int[values.Length];
        for (var i = 0; i < key.Length; i++)
            key[i] = values[i].Param;
        if (_index.TryGetValue(key, out var known))
            return _last = known;
        _shapes.Add(key);
        _index.Add(key, _last = _shapes.Count - 1);
        return _last;
    }

    private static bool Same(int[] shape, ReadOnlySpan<ParamValue> values)
    {
        if (shape.Length != values.Length)
            return false;
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] != values[i].Param)
                return false;
        }

        return true;
    }

    private sealed class ContentComparer : IEqualityComparer<int[]>
    {
        public static readonly ContentComparer Instance = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj)
        {
            var hash = new HashCode();
            foreach (var i in obj)
                hash.Add(i);
            return hash.ToHashCode();
        }
    }
}
