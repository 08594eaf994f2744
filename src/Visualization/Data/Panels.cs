namespace Optuna.Visualization;

/// <summary>Panels in rows and columns with axes in common; counted from the upper left, row by row.</summary>
/// <param name="horizontal">Room between columns, of a figure of width 1.</param>
/// <param name="vertical">Room between rows.</param>
internal sealed class Panels(int rows, int columns, double horizontal, double vertical)
{
    /// <summary>The usual room.</summary>
    internal Panels(int rows, int columns)
        : this(rows, columns, 0.2 / columns, 0.3 / rows)
    {
    }

    internal int Count => rows * columns;

    /// <summary>What a trace of this panel calls its axes; null in the first panel.</summary>
    internal (string? X, string? Y) Ids(int row, int column) =>
        Number(row, column) is var n and > 1 ? (Layout.Id('x', n), Layout.Id('y', n)) : (null, null);

    /// <summary>Sets the axes of a panel: those of a row have their scale in common, and those of a column where there are several rows.</summary>
    internal void Place(Layout layout, int row, int column, Axis x, Axis y)
    {
        var n = Number(row, column);
        var (width, height) = ((1 - (horizontal * (columns - 1))) / columns, (1 - (vertical * (rows - 1))) / rows);
        var (left, bottom) = (column * (width + horizontal), (rows - 1 - row) * (height + vertical));
        layout.Axes[Layout.Key('x', n)] = x with
        {
            Anchor = Layout.Id('y', n),
            Domain = new[] { left, left + width },
            Matches = row == rows - 1 ? null : Layout.Id('x', Number(rows - 1, column)),
            ShowTickLabels = row == rows - 1 ? null : false,
        };
        layout.Axes[Layout.Key('y', n)] = y with
        {
            Anchor = Layout.Id('x', n),
            Domain = new[] { bottom, bottom + height },
            Matches = column == 0 ? null : Layout.Id('y', Number(row, 0)),
            ShowTickLabels = column == 0 ? null : false,
        };
    }

    private int Number(int row, int column) => (row * columns) + column + 1;
}
