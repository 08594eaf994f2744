namespace Optuna.Pbm;

/// <summary>Lines typed at a terminal: edited in place, with a history and completion.</summary>
internal sealed class TypedLines(PbmConnection connection) : ILines
{
    private readonly List<string> _history = [];

    public string? Next(string prompt)
    {
        var line = new LineEditor(_history, text => Completion.Of(connection.Welcome, text));
        var handled = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            Console.Write(prompt);
            var shown = 0;
            while (true)
            {
                var outcome = line.Apply(Console.ReadKey(intercept: true));
                if (outcome == LineOutcome.Choices)
                    Console.Write($"\n{string.Join("  ", line.Choices)}\n{prompt}");
                // Drawn anew from the prompt on; what the line was longer before is wiped.
                var blanks = outcome == LineOutcome.Choices ? 0 : Math.Max(0, shown - line.Text.Length);
                Console.Write($"\r{prompt}{line.Text}{new string(' ', blanks)}{new string('\b', line.Text.Length - line.Cursor + blanks)}");
                shown = line.Text.Length;
                if (outcome is LineOutcome.Editing or LineOutcome.Choices)
                    continue;
                Console.WriteLine();
                if (outcome == LineOutcome.Entered && line.Text.Trim().Length > 0 && line.Text != _history.LastOrDefault())
                    _history.Add(line.Text);
                return outcome switch { LineOutcome.Entered => line.Text, LineOutcome.Dropped => "", _ => null };
            }
        }
        finally
        {
            Console.TreatControlCAsInput = handled;
        }
    }
}
