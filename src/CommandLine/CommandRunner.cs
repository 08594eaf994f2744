using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace Optuna.CommandLine;

/// <summary>What every program of ours does with its command line: one sentence and exit code 2 for bad input.</summary>
internal static class CommandRunner
{
    public const int BadInput = 2;

    /// <param name="begin">Called before the command; may refuse by an <see cref="ArgumentException"/>.</param>
    /// <param name="debug">Where to print the traces of errors.</param>
    public static async Task<int> RunAsync(RootCommand root, string[] args, Action<ParseResult>? begin = null, Option<bool>? debug = null)
    {
        var parsed = root.Parse(args);
        // A shell that asks for suggestions hands over a line that is not finished.
        var isSuggesting = root.Directives.OfType<SuggestDirective>().Any(d => parsed.GetResult(d) is not null);
        if (parsed.Errors.Count > 0 && !isSuggesting)
            return Fail(parsed.UnmatchedTokens is [var stray, ..] ? $"'{stray}' is no command, option or value expected here." : parsed.Errors[0].Message);
        try
        {
            begin?.Invoke(parsed);
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                // SIGTERM and SIGINT cancel; this long may an orderly end take.
                ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (Exception e) when (e is ArgumentException or OptunaException || e.GetType().Name == "StorageRefusedException")
        {
            var code = Fail(e.Message);
            if (debug is not null && parsed.GetValue(debug))
                Console.Error.WriteLine(e);
            return code;
        }
    }

    /// <summary>An option whose text is checked where it is read.</summary>
    /// <param name="read">Throws <see cref="ArgumentException"/> or <see cref="FormatException"/> for a text that will not do.</param>
    public static Option<T> CheckedOption<T>(string name, T fallback, Func<string, T> read, string description) =>
        new(name)
        {
            Description = description,
            CustomParser = result => Read(result, name, result.Tokens[^1].Value, read),
            DefaultValueFactory = _ => fallback,
        };

    /// <summary>An option that an environment variable gives where the command line does not.</summary>
    /// <param name="variable">Such as OPTUNA_PORT.</param>
    /// <param name="read">Throws <see cref="ArgumentException"/> or <see cref="FormatException"/> for a text that will not do.</param>
    public static Option<T> EnvironmentOption<T>(string name, string variable, T fallback, Func<string, T> read, string description) =>
        new(name)
        {
            Description = $"{description} [environment: {variable}]",
            CustomParser = result => Read(result, name, result.Tokens[^1].Value, read),
            DefaultValueFactory = result => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
                ? Read(result, variable, text, read)
                : fallback,
        };

    /// <summary>A whole number within limits, or an <see cref="ArgumentException"/> that says so.</summary>
    public static int Number(string text, int least, int most) =>
        int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException(most == int.MaxValue
                ? $"'{text}' is not a whole number of at least {least}."
                : $"'{text}' is not a whole number from {least} to {most}.");

    /// <summary>A time of more than nothing, or an <see cref="ArgumentException"/> that names the option.</summary>
    public static TimeSpan? Seconds(double? seconds, string option) => seconds switch
    {
        null => null,
        > 0 and < 1e9 => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new ArgumentException($"{option}: a number of seconds above 0 is expected (it is {seconds})."),
    };

    private static T Read<T>(ArgumentResult result, string source, string text, Func<string, T> read)
    {
        try
        {
            return read(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            result.AddError($"{source}: {e.Message}");
            return default!;
        }
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine($"{AppDomain.CurrentDomain.FriendlyName}: {sentence}");
        return BadInput;
    }
}
