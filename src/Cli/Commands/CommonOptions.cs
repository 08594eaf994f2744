using System.CommandLine;
using Optuna.Cli.Output;
using Optuna.Cli.Storage;
using Optuna.CommandLine;

namespace Optuna.Cli.Commands;

/// <summary>What every verb takes, and the one way every verb runs.</summary>
/// <param name="output">Where results go; null for standard output.</param>
internal sealed class CommonOptions(TextWriter? output = null)
{
    private readonly SecretOption _storage = new(
        "--storage", "OPTUNA_STORAGE",
        "optuna://HOST:PORT of a coordinator (optuna+tls:// with TLS), http://HOST:PORT of its HTTP port (which names the coordinators; "
        + "their own ports must be reachable too), or a storage URL (sqlite:///FILE, mysql://USER:PASSWORD@HOST:PORT/DATABASE) to open in this process.");

    private readonly Option<string?> _storageClass = new("--storage-class")
    {
        Description = "As with Optuna's own command line: RDBStorage, for sqlite and mysql URLs; what other classes keep must be imported.",
        Recursive = true,
    };

    private readonly Option<string?> _logFile = new("--log-file") { Description = "A file to which all that goes to stderr is appended.", Recursive = true };

    private readonly TlsOptions _tls = new(recursive: true);

    private readonly Option<bool> _verbose = new("--verbose", "-v")
    {
        Description = "Say more on stderr; may be repeated.",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Nothing on stderr but errors.",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };

    /// <summary>--debug.</summary>
    public Option<bool> Debug { get; } = new("--debug")
    {
        Description = "A stack trace with errors.",
        Recursive = true,
        Arity = ArgumentArity.Zero,
    };

    /// <summary>Where results go.</summary>
    public TextWriter Output => output ?? Console.Out;

    /// <summary>What must be done before any verb.</summary>
    /// <exception cref="ArgumentException">The log file cannot be written.</exception>
    public void Begin(ParseResult parsed)
    {
        if (parsed.GetValue(_logFile) is { } file)
            LogFile.Open(file);
    }

    public void AddTo(RootCommand root)
    {
        _storage.Option.Recursive = true;
        root.Add(_storage.Option);
        root.Add(_verbose);
        root.Add(_quiet);
        root.Add(_storageClass);
        root.Add(_logFile);
        root.Add(Debug);
        _tls.AddTo(root);
    }

    public static Option<string> StudyName(string description) => new("--study-name") { Description = description, Required = true };

    /// <summary>-f, --format.</summary>
    public static Option<OutputFormat> Format(OutputFormat fallback) =>
        Choice("--format", fallback, "Output format.", "-f");

    public static Option<bool> Flatten(string columns) => new("--flatten") { Description = $"A column for every part of nested columns such as {columns}." };

    /// <summary>One of the names of an enum, in small letters.</summary>
    public static Option<T> Choice<T>(string name, T fallback, string description, params string[] aliases)
        where T : struct, Enum
    {
        var option = new Option<T>(name, aliases)
        {
            Description = $"{description} One of {Choices<T>.Names}.",
            DefaultValueFactory = _ => fallback,
            CustomParser = result => Choices<T>.Read(result, name, result.Tokens[^1].Value),
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(Choices<T>.Names.Split(", "));
        return option;
    }

    /// <summary>Runs a verb on the storage and prints what it answers.</summary>
    /// <param name="mayCreate">A storage that is not there is made; otherwise it is an error.</param>
    /// <param name="verb">Answers the text for stdout, or null for none.</param>
    public async Task<int> RunAsync(
        ParseResult parsed, bool mayCreate, Func<StudyStorage, CancellationToken, Task<string?>> verb, CancellationToken cancel)
    {
        var result = Output;
        // Whatever else is printed by whatever part is no result.
        if (output is null)
            Console.SetOut(Console.Error);
        var (url, verbosity) = Read(parsed);
        await using var storage = await StudyStorage.OpenAsync(url, mayCreate, verbosity, _tls.Hocon(parsed), cancel).ConfigureAwait(false);
        if (await verb(storage, cancel).ConfigureAwait(false) is { } text)
        {
            await result.WriteAsync(text + "\n").ConfigureAwait(false);
            await result.FlushAsync(cancel).ConfigureAwait(false);
        }

        return 0;
    }

    /// <summary>Which storage is meant, and how much is said.</summary>
    /// <exception cref="ArgumentException">No storage is given, or options contradict each other; nothing was opened.</exception>
    public (string Url, Verbosity Verbosity) Read(ParseResult parsed)
    {
        var url = _storage.Read(parsed);
        if (string.IsNullOrEmpty(url))
            throw new ArgumentException("--storage: no storage is given, here or in OPTUNA_STORAGE.");
        if (parsed.GetValue(_storageClass) is { } name)
            StorageClass.Check(name, url);
        if (parsed.GetValue(_quiet) && parsed.GetValue(_verbose))
            throw new ArgumentException("--quiet: not together with --verbose.");
        return (url, parsed.GetValue(_quiet) ? Verbosity.Quiet : parsed.GetValue(_verbose) ? Verbosity.Verbose : Verbosity.Normal);
    }
}
