namespace Optuna.MultiObjective;

/// <summary>The points that no other dominates: rank 0, for those who need no more.</summary>
internal static class NonDominated
{
    /// <summary>Their rows in lexicographic order, equal points all or only the first of each.</summary>
    internal static List<int> Rows(in PointSet points, bool unique)
    {
        var order = unique ? points.UniqueOrder() : points.LexicalOrder();
        var front = new List<int>();
        foreach (var row in order)
        {
            // Of two losses the last on the front has the lowest second one.
            if (points.Dimensions <= 2 ? front.Count == 0 || !Domination.Dominates(points[front[^1]], points[row]) : !IsDominated(points, row, front))
                front.Add(row);
        }

        return front;
    }

    private static bool IsDominated(in PointSet points, int row, List<int> front)
    {
        for (var i = front.Count - 1; i >= 0; i--)
        {
            if (Domination.Dominates(points[front[i]], points[row]))
                return true;
        }

        return false;
    }
}
