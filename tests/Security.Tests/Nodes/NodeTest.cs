using Optuna.Testing.Processes;

namespace Optuna.Tests.Nodes;

/// <summary>A test of real programs with certificates, tokens and doors; ends what is left and shows what was printed if it fails.</summary>
/// <remarks>These tests run one after the other: they share few processors.</remarks>
[Collection("nodes")]
public abstract class NodeTest : IAsyncDisposable
{
    /// <summary>For everything that happens in a moment on a machine with nothing else to do.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optuna-nodes-");
    private readonly List<ProgramProcess> _programs = [];

    protected string Folder => _folder.FullName;

    protected IEnumerable<ProgramProcess> Programs => _programs;

    protected string PathOf(string file) => Path.Combine(Folder, file);

    protected string Write(string file, string text)
    {
        File.WriteAllText(PathOf(file), text);
        return PathOf(file);
    }

    protected ProgramProcess Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var process = ProgramProcess.Start($"{program[7..]} {_programs.Count}", $"{program}.dll", arguments, Folder, environment);
        lock (_programs)
            _programs.Add(process);
        return process;
    }

    /// <summary>Starts a coordinator on free ports and waits until studies can be reached.</summary>
    protected async Task<Node> CoordinatorAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string storage = "sqlite:///studies.db", string http = "0")
    {
        string[] given = environment?.Keys.Any(k => k.StartsWith("OPTUNA_STORAGE", StringComparison.Ordinal)) == true ? [] : ["--storage", storage];
        var process = Run("optuna-coordinator", [.. given, "--port", "0", "--grpc", "0", "--pbm", "0", "--http", http, .. arguments], environment);
        const string ready = "optuna-coordinator listens at ";
        var line = await process.LineAsync(l => l.StartsWith(ready, StringComparison.Ordinal), Patience);
        var words = line.Split(' ');
        return new Node(process, words[3], After("HTTP"), After("gRPC"), After("pbm"));

        string After(string door) => words[Array.IndexOf(words, door) + 2].TrimEnd(',');
    }

    /// <summary>Runs a verb to its end.</summary>
    protected async Task<(int Code, string Text)> CtlAsync(params string[] arguments)
    {
        var process = Run("optuna-ctl", arguments);
        var code = await process.ExitAsync(Patience);
        return (code, string.Join('\n', process.Lines));
    }

    /// <summary>An authority in a folder of its own, with certificates for a coordinator, a worker and a client.</summary>
    protected async Task<Certificates> CertificatesAsync(string folder)
    {
        var (code, text) = await CtlAsync("dev-certs", "--out", folder);
        Assert.True(code == 0, text);
        return new Certificates(PathOf(folder));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var program in _programs)
            await program.DisposeAsync();
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', _programs.Select(p => p.Text)));
        _folder.Delete(recursive: true);
    }

    /// <param name="Url">For clients and workers.</param>
    /// <param name="Http">HOST:PORT.</param>
    /// <param name="Grpc">HOST:PORT.</param>
    /// <param name="Pbm">HOST:PORT of its command host.</param>
    protected sealed record Node(ProgramProcess Process, string Url, string Http, string Grpc, string Pbm)
    {
        /// <summary>HOST:PORT of its remoting.</summary>
        public string Address => Url[(Url.LastIndexOf('/') + 1)..];
    }
}
