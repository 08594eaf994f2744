using Akka.Actor;
using Akka.Configuration;
using Optuna.Cluster.Client;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Cluster.Pbm.Palettes;
using Optuna.Coordinator.Pbm;

namespace Optuna.Tests.Pbm;

/// <summary>The commands of a coordinator as they are typed.</summary>
public sealed class GrammarTests : IAsyncDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("grammar", ConfigurationFactory.ParseString(
        "akka { loglevel = OFF, stdout-loglevel = OFF\nactor.provider = cluster\nremote.dot-netty.tcp { hostname = \"127.0.0.1\", port = 0 } }"));

    private readonly CommandGrammar _grammar;

    public GrammarTests() => _grammar = new CommandGrammar(
    [
        new ClusterPalette(_system).Palette,
        new ShardingPalette(_system).Palette,
        ActorPalette.Of(_system),
        LogPalette.Of(_system),
        new OptunaPalette(_ => Task.FromException<OptunaClient>(new InvalidOperationException())).Palette,
    ]);

    [Theory]
    [InlineData("cluster show", "")]
    [InlineData("cluster status", "")]
    [InlineData("cluster leader", "")]
    [InlineData("cluster join -a akka.tcp://optuna@127.0.0.1:1", "address=akka.tcp://optuna@127.0.0.1:1")]
    [InlineData("cluster leave", "")]
    [InlineData("cluster leave -a 127.0.0.1:1", "address=127.0.0.1:1")]
    [InlineData("cluster leave --address 127.0.0.1:1", "address=127.0.0.1:1")]
    [InlineData("cluster down 127.0.0.1:1", "address=127.0.0.1:1")]
    [InlineData("cluster down-unreachable", "")]
    [InlineData("cluster tail", "")]
    [InlineData("cluster-sharding regions", "")]
    [InlineData("cluster-sharding region-stats -r study", "region=study")]
    [InlineData("cluster-sharding shards --region study", "region=study")]
    [InlineData("actor hierarchy", "depth=4 start=/user")]
    [InlineData("actor hierarchy -s /system -d 2", "depth=2 start=/system")]
    [InlineData("log tail", "")]
    [InlineData("log tail -l info", "level=info")]
    [InlineData("log level", "")]
    [InlineData("log level debug", "level=debug")]
    [InlineData("optuna studies", "")]
    [InlineData("optuna study hills", "study=hills")]
    [InlineData("optuna workers", "")]
    [InlineData("optuna workers -s hills", "study=hills")]
    [InlineData("optuna leases -s hills", "study=hills")]
    [InlineData("optuna drain w/1 -s hills", "study=hills worker=w/1")]
    [InlineData("optuna drain -s hills w/1", "study=hills worker=w/1")]
    [InlineData("optuna pause hills", "study=hills")]
    [InlineData("optuna resume hills", "study=hills")]
    public void Every_command_is_understood(string line, string values)
    {
        var (command, found) = _grammar.Parse(line.Split(' '));

        Assert.Equal(line.Split(' ')[1], command.Name);
        Assert.Equal(values, string.Join(' ', found.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}")));
    }

    [Fact]
    public void No_command_is_missing_above()
    {
        var tried = typeof(GrammarTests).GetMethod(nameof(Every_command_is_understood))!.GetCustomAttributes(typeof(InlineDataAttribute), false)
            .Cast<InlineDataAttribute>().Select(d => string.Join(' ', $"{d.Data[0]}".Split(' ').Take(2)));

        Assert.Empty(_grammar.Palettes.SelectMany(p => p.Commands.Select(c => $"{p.Name} {c.Name}")).Except(tried));
    }

    [Theory]
    [InlineData("", "No command is given")]
    [InlineData("cluster", "Which command of 'cluster'?")]
    [InlineData("clutser show", "no commands 'clutser'")]
    [InlineData("cluster shw", "no 'cluster shw'")]
    [InlineData("cluster show all", "'all' is one argument too many")]
    [InlineData("cluster down", "-a ADDRESS is missing")]
    [InlineData("cluster down -a", "'-a' needs a value")]
    [InlineData("cluster down -x 1", "no switch '-x'")]
    [InlineData("cluster leave -a 1 -a 2", "-a is given twice")]
    [InlineData("actor hierarchy -d 0", "-d: '0' is not a whole number of at least 1")]
    [InlineData("actor hierarchy -d deep", "-d: 'deep' is not a whole number")]
    [InlineData("optuna pause", "STUDY is missing")]
    [InlineData("optuna drain -s hills", "WORKER is missing")]
    [InlineData("help clutser", "no commands 'clutser'")]
    [InlineData("help cluster shw", "no 'cluster shw'")]
    public void What_is_no_command_is_refused_with_a_sentence_that_names_it(string line, string sentence)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var refusal = Assert.Throws<CommandUsageException>(() => CommandGrammar.IsHelp(words) ? _grammar.HelpFor(words) : $"{_grammar.Parse(words)}");

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_palette_and_command_has_a_page_of_help()
    {
        foreach (var palette in _grammar.Palettes)
        {
            Assert.Contains(palette.Summary, _grammar.HelpFor(["help"]), StringComparison.Ordinal);
            Assert.Contains(palette.Summary, _grammar.HelpFor(["help", palette.Name]), StringComparison.Ordinal);
            foreach (var command in palette.Commands)
            {
                var page = _grammar.HelpFor(["help", palette.Name, command.Name]);
                Assert.Contains(command.Summary, page, StringComparison.Ordinal);
                Assert.All(command.Parameters, p => Assert.Contains(p.Summary, page, StringComparison.Ordinal));
                Assert.Equal(page, _grammar.HelpFor([palette.Name, command.Name, "--help"]));
            }
        }
    }

    [Fact]
    public void What_changes_something_needs_to_be_allowed_and_nothing_else()
    {
        var changes = _grammar.Palettes.SelectMany(p => p.Commands.Where(c => c.Needs == Access.Change).Select(c => $"{p.Name} {c.Name}"));

        Assert.Equal(
            ["cluster join", "cluster leave", "cluster down", "cluster down-unreachable", "optuna drain", "optuna pause", "optuna resume"], changes);
        var (level, said) = _grammar.Parse(["log", "level"]);
        Assert.Equal(Access.Look, level.NeedsWith(said));
        Assert.Equal(Access.Change, level.NeedsWith(_grammar.Parse(["log", "level", "info"]).Values));
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
