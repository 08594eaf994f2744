using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Optuna.CommandLine;

internal enum LogFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>A JSON object per line.</summary>
    Json,
}

/// <summary>What a program says of itself, in the form its operator wants: <c>--log-format</c>.</summary>
internal sealed class ProgramLog(string program, LogFormat format)
{
    private readonly List<KeyValuePair<string, object?>> _always = [];

    public static Option<LogFormat> Option() => CommandRunner.EnvironmentOption(
        "--log-format", "OPTUNA_LOG_FORMAT", LogFormat.Text, text => text switch
        {
            "text" => LogFormat.Text,
            "json" => LogFormat.Json,
            _ => throw new ArgumentException($"'{text}' is neither text nor json."),
        },
        "text for people, json for a JSON object per line.");

    /// <summary>A field of every line from now on.</summary>
    public ProgramLog With(string key, object value)
    {
        _always.Add(new(key, value));
        return this;
    }

    /// <summary>What was asked for: to standard output.</summary>
    public void Result(string message, params (string Key, object? Value)[] fields) =>
        Console.Out.WriteLine(format == LogFormat.Json ? Json(LogLevel.Information, message, fields) : message);

    /// <summary>What happens meanwhile: to standard error.</summary>
    public void Line(LogLevel level, string message, params (string Key, object? Value)[] fields) =>
        Console.Error.WriteLine(format == LogFormat.Json ? Json(level, message, fields) : $"{program}: {message}");

    /// <summary>Also what the engine and the client say.</summary>
    public void Listen() => OptunaLog.Written += (level, line) => Line(
        level switch
        {
            OptunaLogLevel.Debug => LogLevel.Debug,
            OptunaLogLevel.Info => LogLevel.Information,
            OptunaLogLevel.Warning => LogLevel.Warning,
            _ => LogLevel.Error,
        },
        line);

    /// <summary>The same form for the host's own logging.</summary>
    public void Configure(ILoggingBuilder logging)
    {
        if (format == LogFormat.Text)
        {
            logging.AddSimpleConsole(c => c.SingleLine = true);
            return;
        }

        logging.AddConsole(c => c.FormatterName = JsonLineFormatter.FormatterName);
        logging.Services.AddSingleton<ConsoleFormatter, JsonLineFormatter>();
    }

    private string Json(LogLevel level, string message, (string Key, object? Value)[] fields) =>
        JsonLineFormatter.Line(level, program, message, [.. _always, .. fields.Select(f => new KeyValuePair<string, object?>(f.Key, f.Value))]);
}
