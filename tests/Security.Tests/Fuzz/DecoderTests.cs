using System.Data.Common;
using System.Diagnostics;
using System.Runtime.Serialization;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Optuna.Cli.Transfer;
using Optuna.Cluster.Client;
using Optuna.Cluster.Hosting;
using Optuna.Cluster.Serialization;
using Optuna.Coordinator.Gateway.Grpc;
using Optuna.Coordinator.Storage;
using Optuna.Distributions;
using Optuna.Json;
using Optuna.SearchSpaces;
using Optuna.Worker.Objectives;
using W = Optuna.Coordinator.Gateway.Grpc.Wire;

namespace Optuna.Tests.Fuzz;

/// <summary>Whatever a decoder is given, it reads it or refuses it in its own words; nothing else, and in bounded memory.</summary>
public sealed class DecoderTests : IDisposable
{
    private const string Distribution = """{"name": "FloatDistribution", "attributes": {"step": null, "low": 1e-05, "high": 1.0, "log": true}}""";

    private const string Space = """{"x": {"type": "float", "low": 0, "high": 1, "step": 0.25}, "n": {"type": "int", "low": 1, "high": 64, "log": true}, "c": {"type": "categorical", "choices": ["a", 1, null, true]}}""";

    // A journal file as Optuna writes it: a study, an attribute, a trial from its start to its end, one with a template.
    private const string Journal =
        """
        {"op_code":0,"worker_id":"w","study_name":"s","directions":[1]}
        {"op_code":2,"worker_id":"w","study_id":0,"user_attr":{"k":[1,{"a":null}]}}
        {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2026-01-02T12:00:00.500000"}
        {"op_code":5,"worker_id":"w","trial_id":0,"param_name":"x","param_value_internal":0.5,"distribution":"{\"name\": \"FloatDistribution\", \"attributes\": {\"step\": null, \"low\": 0.0, \"high\": 1.0, \"log\": false}}"}
        {"op_code":7,"worker_id":"w","trial_id":0,"step":3,"intermediate_value":NaN}
        {"op_code":8,"worker_id":"w","trial_id":0,"user_attr":{"note":"ü"}}
        {"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[0.25],"datetime_complete":"2026-01-02T12:00:01.500000"}
        {"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"state":4,"value":null,"values":null,"distributions":{},"params":{},"user_attrs":{},"system_attrs":{},"intermediate_values":{}}

        """;

    private static readonly (string Manifest, byte[] Bytes)[] s_golden =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "golden.txt")).Select(l => l.Split(' ')).Select(p => (p[0], p[2] == "-" ? [] : Convert.FromHexString(p[2]))),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-fuzz-");

    [Fact]
    public void Messages_and_journal_rows() => Fuzz(3, mutations =>
    {
        var (manifest, bytes) = mutations.Pick(s_golden);
        Refusing<SerializationException>(() => SerializerTable.Of(mutations.Next(20) == 0 ? mutations.Of(manifest) : manifest).Read(mutations.Of(bytes)));
    });

    [Fact]
    public void Requests_of_the_storage_protocol()
    {
        var trial = new W.Trial { Number = 3, State = W.TrialState.Complete, Values = { 1, 2 }, DatetimeStart = "2026-11-24 07:53:57.123456", Params = { { "x", 0.5 } }, Distributions = { { "x", Distribution } }, IntermediateValues = { { 1, 2 } }, UserAttributes = { { "k", "[1]" } } }.ToByteArray();
        Fuzz(2, mutations => Refusing<RpcException, InvalidProtocolBufferException>(() => TrialMessages.Read(W.Trial.Parser.ParseFrom(mutations.Of(trial)))));
    }

    [Fact]
    public void Texts_of_values_distributions_and_search_spaces() => Fuzz(3, mutations =>
    {
        // A text from anywhere is refused with one of these two; how deep it may nest is bounded.
        Refusing<ArgumentException, FormatException>(() => PythonJson.Read(mutations.Of(Space)));
        Refusing<ArgumentException, FormatException>(() => DistributionJson.Read(mutations.Of(Distribution)));
        Refusing<ArgumentException, FormatException>(() => DistributionJson.ReadExact(mutations.Of(Distribution)));
        Refusing<ArgumentException, FormatException>(() => SearchSpaceJson.Read(mutations.Of(Space)));
        Refusing<ExecFailedException>(() => ExecLine.Read(mutations.Of("""{"step": 3, "value": NaN, "values": [1, 2.5], "user_attrs": {"a": [1]}, "constraints": {"c": 0.1}}""")));
    });

    [Fact]
    public void Addresses() => Fuzz(1, mutations =>
    {
        Refusing<ArgumentException>(() => StorageUrl.Parse(mutations.Of("mysql://user:p%40ss@[::1]:3306/db?ssl-mode=verify-ca")));
        Refusing<ArgumentException>(() => StorageUrl.Parse(mutations.Of("sqlite:///studies.db")));
        Refusing<ArgumentException>(() => OptunaUrl.Parse(mutations.Of("optuna+tls://10.0.0.1:4053,c2.example.org:4053")));
    });

    [Fact]
    public void Files_of_settings() => Fuzz(2, mutations =>
    {
        var file = Write(mutations.Of("akka { loglevel = INFO, remote.dot-netty.tcp { port = 1 } } # comment\noptuna.study.lease = ${?X} 20s\n"));
        Refusing<ArgumentException>(() => HoconText.ReadFile(file));
    });

    [Fact]
    public void Journal_files_of_Optuna() => Fuzz(3, mutations =>
    {
        var url = "journal:///" + Write(mutations.Of(Journal));
        Refusing<OptunaException, ArgumentException>(() => ReadAsync(url).GetAwaiter().GetResult());
    });

    [Fact]
    public async Task Tables_of_Optuna()
    {
        // A store made by the exporter, whose cells and pages are then damaged.
        var journal = "journal:///" + Write(Encoding.UTF8.GetBytes(Journal));
        var store = Path.Combine(_folder.FullName, "store.db");
        await using (var source = await ForeignStores.OpenSourceAsync("--from", journal, null, default))
        await using (var target = await ForeignStores.OpenTargetAsync("--to", $"sqlite:///{store}", null, null, default))
        {
            foreach (var study in source.Studies)
                await target.WriteAsync(study, source.TrialsAsync(study, default), default);
            await target.CommitAsync(default);
        }

        var good = await File.ReadAllBytesAsync(store);
        var damaged = Path.Combine(_folder.FullName, "damaged.db");
        Fuzz(4, mutations =>
        {
            var bytes = good.ToArray();
            for (var n = mutations.Next(20) + 1; n > 0; n--)
                bytes[mutations.Next(bytes.Length)] = (byte)mutations.Next(256);
            File.WriteAllBytes(damaged, bytes);
            // The verbs turn what the driver says into a sentence of theirs.
            Refusing<OptunaException, DbException>(() => ReadAsync($"sqlite:///{damaged}").GetAwaiter().GetResult());
        });
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static async Task ReadAsync(string url)
    {
        await using var source = await ForeignStores.OpenSourceAsync("--from", url, null, default);
        foreach (var study in source.Studies)
        {
            await foreach (var trial in source.TrialsAsync(study, default))
                Assert.NotNull(trial);
        }
    }

    private static void Fuzz(int seconds, Action<Mutations> once, [System.Runtime.CompilerServices.CallerMemberName] string name = "")
    {
        var salt = Crc(name);
        var mutations = new Mutations(salt);
        var (start, limit) = (Stopwatch.GetTimestamp(), Mutations.Time(seconds));
        // The first rounds fill caches.
        for (var i = 0; i < 200; i++)
            once(mutations);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var rounds = 0L;
        try
        {
            while (Stopwatch.GetElapsedTime(start) < limit)
            {
                once(mutations);
                rounds++;
            }
        }
        catch (Exception e)
        {
            throw new Xunit.Sdk.XunitException($"Seed {Mutations.Seed}, round {rounds}: {e}");
        }

        // Others of this process may hold something too, so the bound is wide; a leak of a round is thousands of times larger.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64 << 20);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {rounds} rounds");
    }

    private static int Crc(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));

    private string Write(byte[] bytes)
    {
        var file = Path.Combine(_folder.FullName, "mutated");
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private string Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    private static void Refusing<TRefusal>(Action decode)
        where TRefusal : Exception => Refusing<TRefusal, TRefusal>(decode);

    private static void Refusing<TRefusal, TOther>(Action decode)
        where TRefusal : Exception
        where TOther : Exception
    {
        try
        {
            decode();
        }
        catch (Exception e) when (e is TRefusal or TOther)
        {
            Assert.NotEmpty(e.Message);
        }
    }
}
