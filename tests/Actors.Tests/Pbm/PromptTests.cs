extern alias pbm;

using pbm::Optuna.Pbm;
using pbm::Optuna.Pbm.Wire;

namespace Optuna.Tests.Pbm;

/// <summary>The prompt without a terminal: keys, history, completion, and the program's own arguments.</summary>
public sealed class PromptTests
{
    private static readonly Welcome s_welcome = new(1, "node",
    [
        new WelcomePalette("cluster", [new WelcomeCommand("leader", []), new WelcomeCommand("leave", ["--address"])]),
        new WelcomePalette("cluster-sharding", [new WelcomeCommand("regions", [])]),
    ]);

    [Theory]
    [InlineData("", "cluster cluster-sharding exit help")]
    [InlineData("cl", "cluster cluster-sharding")]
    [InlineData("cluster ", "leader leave")]
    [InlineData("cluster leav", "leave")]
    [InlineData("cluster leave -", "--address")]
    [InlineData("cluster leave x", "")]
    [InlineData("help ", "cluster cluster-sharding")]
    [InlineData("help cluster le", "leader leave")]
    [InlineData("nothing ", "")]
    public void What_could_come_next_is_what_the_node_has(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Completion.Of(s_welcome, text)));

    [Theory]
    [InlineData("ab", "ab", 2)]
    [InlineData("ab⌫", "a", 1)]
    [InlineData("ab←c", "acb", 2)]
    [InlineData("ab⇤c⇥d", "cabd", 4)]
    [InlineData("ab←⌦", "a", 1)]
    [InlineData("ab⌫⌫⌫←→", "", 0)]
    [InlineData("↑", "second", 6)]
    [InlineData("↑↑", "first", 5)]
    [InlineData("↑↑↑", "first", 5)]
    [InlineData("x↑↓", "x", 1)]
    [InlineData("clu⇆", "cluster", 7)]
    [InlineData("cluster lea⇆v⇆", "cluster leave ", 14)]
    public void Keys_edit_the_line(string keys, string text, int cursor)
    {
        var line = new LineEditor(["first", "second"], t => Completion.Of(s_welcome, t));

        Assert.All(keys, k => Assert.NotEqual(LineOutcome.Entered, line.Apply(Key(k))));

        Assert.Equal((text, cursor), (line.Text, line.Cursor));
    }

    [Fact]
    public void Tab_with_several_ways_on_shows_them_and_control_keys_end_the_line()
    {
        var line = new LineEditor([], t => Completion.Of(s_welcome, t));

        Assert.All("cluster ", k => Assert.Equal(LineOutcome.Editing, line.Apply(Key(k))));
        Assert.Equal(LineOutcome.Editing, line.Apply(Key('⇆')));
        Assert.Equal("cluster lea", line.Text);
        Assert.Equal(LineOutcome.Choices, line.Apply(Key('⇆')));
        Assert.Equal(["leader", "leave"], line.Choices);
        Assert.Equal(LineOutcome.Editing, line.Apply(Control(ConsoleKey.D)));
        Assert.Equal(LineOutcome.Dropped, line.Apply(Control(ConsoleKey.C)));
        Assert.Equal(LineOutcome.Entered, line.Apply(Key('⏎')));
        Assert.Equal(LineOutcome.Ended, new LineEditor([], _ => []).Apply(Control(ConsoleKey.D)));
    }

    [Fact]
    public void The_program_takes_an_address_its_options_and_a_command_it_does_not_look_into()
    {
        var nothing = PbmArguments.Parse([]);
        Assert.Equal(("127.0.0.1", 9110, false, 0), (nothing.Host, nothing.Port, nothing.Json, nothing.Words.Count));
        var all = PbmArguments.Parse(["db:91", "--json", "cluster", "leave", "-a", "x:1", "--json"]);
        Assert.Equal(("db", 91, true), (all.Host, all.Port, all.Json));
        Assert.Equal(["cluster", "leave", "-a", "x:1", "--json"], all.Words);
        Assert.Equal("::1", PbmArguments.Parse(["[::1]:91"]).Host);
        Assert.True(PbmArguments.Parse(["--help"]).WantsUsage);
    }

    [Theory]
    [InlineData("db:x")]
    [InlineData(":91")]
    [InlineData("db:0")]
    [InlineData("--jsno")]
    [InlineData("--token-file")]
    public void Its_own_arguments_are_refused_by_name(string args) =>
        Assert.Contains(args, Assert.Throws<ArgumentException>(() => PbmArguments.Parse(args.Split(' '))).Message, StringComparison.Ordinal);

    private static ConsoleKeyInfo Key(char k) => k switch
    {
        '⌫' => Plain(ConsoleKey.Backspace),
        '⌦' => Plain(ConsoleKey.Delete),
        '←' => Plain(ConsoleKey.LeftArrow),
        '→' => Plain(ConsoleKey.RightArrow),
        '⇤' => Plain(ConsoleKey.Home),
        '⇥' => Plain(ConsoleKey.End),
        '↑' => Plain(ConsoleKey.UpArrow),
        '↓' => Plain(ConsoleKey.DownArrow),
        '⇆' => Plain(ConsoleKey.Tab),
        '⏎' => Plain(ConsoleKey.Enter),
        _ => new ConsoleKeyInfo(k, Enum.TryParse<ConsoleKey>($"{k}", ignoreCase: true, out var key) ? key : ConsoleKey.None, false, false, false),
    };

    private static ConsoleKeyInfo Plain(ConsoleKey key) => new('\0', key, false, false, false);

    private static ConsoleKeyInfo Control(ConsoleKey key) => new('\0', key, false, false, true);
}
