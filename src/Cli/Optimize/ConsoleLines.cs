using System.Text;
using Spectre.Console;

namespace Optuna.Cli.Optimize;

/// <summary>Lines above what a console shows live: written past it, they would be written into it.</summary>
internal sealed class ConsoleLines(IAnsiConsole console) : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_gate)
        {
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }

            console.Write(new Text($"{_line}\n"));
            _line.Clear();
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_gate)
            base.WriteLine(value);
    }
}
