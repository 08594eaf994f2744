namespace Optuna.Pbm;

internal enum LineOutcome
{
    Editing,

    /// <summary>There are several ways to go on; <see cref="LineEditor.Choices"/> has them.</summary>
    Choices,

    Entered,

    /// <summary>Ctrl-C: the line counts for nothing.</summary>
    Dropped,

    /// <summary>Ctrl-D on an empty line: no more lines.</summary>
    Ended,
}

/// <summary>A line that is being typed; knows keys and no terminal.</summary>
/// <param name="history">Older lines, the newest last.</param>
/// <param name="complete">The words that could stand at the end of a text.</param>
internal sealed class LineEditor(IReadOnlyList<string> history, Func<string, IReadOnlyList<string>> complete)
{
    private int _past = history.Count;
    private string _unfinished = "";

    public string Text { get; private set; } = "";

    /// <summary>Between 0 and the length of the text.</summary>
    public int Cursor { get; private set; }

    public IReadOnlyList<string> Choices { get; private set; } = [];

    public LineOutcome Apply(ConsoleKeyInfo key)
    {
        var control = key.Modifiers.HasFlag(ConsoleModifiers.Control);
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return LineOutcome.Entered;
            case ConsoleKey.C when control:
                return LineOutcome.Dropped;
            case ConsoleKey.D when control && Text.Length == 0:
                return LineOutcome.Ended;
            case ConsoleKey.Tab:
                return Complete();
            case ConsoleKey.UpArrow:
                Recall(_past - 1);
                break;
            case ConsoleKey.DownArrow:
                Recall(_past + 1);
                break;
            case ConsoleKey.LeftArrow:
                Cursor = Math.Max(0, Cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                Cursor = Math.Min(Text.Length, Cursor + 1);
                break;
            case ConsoleKey.Home or ConsoleKey.A when key.Key == ConsoleKey.Home || control:
                Cursor = 0;
                break;
            case ConsoleKey.End or ConsoleKey.E when key.Key == ConsoleKey.End || control:
                Cursor = Text.Length;
                break;
            case ConsoleKey.U when control:
                Replace(Text[Cursor..], 0);
                break;
            case ConsoleKey.Backspace when Cursor > 0:
                Replace(Text.Remove(Cursor - 1, 1), Cursor - 1);
                break;
            case ConsoleKey.Delete when Cursor < Text.Length:
                Replace(Text.Remove(Cursor, 1), Cursor);
                break;
            default:
                if (!control && !char.IsControl(key.KeyChar))
                    Replace(Text.Insert(Cursor, $"{key.KeyChar}"), Cursor + 1);
                break;
        }

        return LineOutcome.Editing;
    }

    private void Replace(string text, int cursor) => (Text, Cursor) = (text, cursor);

    private void Recall(int at)
    {
        if (at < 0 || at > history.Count)
            return;
        if (_past == history.Count)
            _unfinished = Text;
        _past = at;
        var text = at == history.Count ? _unfinished : history[at];
        Replace(text, text.Length);
    }

    private LineOutcome Complete()
    {
        var before = Text[..Cursor];
        Choices = complete(before);
        if (Choices.Count == 0)
            return LineOutcome.Editing;
        var typed = before[(before.LastIndexOf(' ') + 1)..];
        var common = Choices.Aggregate(CommonStart);
        if (Choices.Count > 1 && common.Length == typed.Length)
            return LineOutcome.Choices;
        var rest = common[typed.Length..] + (Choices.Count == 1 ? " " : "");
        Replace(Text.Insert(Cursor, rest), Cursor + rest.Length);
        return LineOutcome.Editing;
    }

    private static string CommonStart(string a, string b)
    {
        var length = 0;
        while (length < Math.Min(a.Length, b.Length) && a[length] == b[length])
            length++;
        return a[..length];
    }
}
