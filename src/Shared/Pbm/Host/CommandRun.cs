using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Akka.Actor;
using Optuna.Cluster.Pbm.Grammar;
using Optuna.Pbm.Wire;

namespace Optuna.Cluster.Pbm.Host;

/// <summary>One command from its words to its exit code.</summary>
internal sealed class CommandRun(FrameStream frames, CommandGrammar grammar, CommandLimits limits) : ICommandOutput
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private bool _isJson;

    /// <summary>Answers with rows, perhaps a note, and the end.</summary>
    /// <exception cref="PbmWireException">The client takes no answer.</exception>
    /// <exception cref="IOException">The client is gone.</exception>
    public async Task RunAsync(Run run, Access access, CancellationToken cancel)
    {
        _isJson = run.Json;
        var (code, note) = await OutcomeAsync(run, access, cancel).ConfigureAwait(false);
        if (note is not null)
            await frames.WriteTextAsync(FrameKind.Note, note, CancellationToken.None).ConfigureAwait(false);
        await frames.WriteAsync(FrameKind.End, new[] { (byte)code }, CancellationToken.None).ConfigureAwait(false);
    }

    public Task RowAsync(string? text, object? json)
    {
        var row = _isJson ? json is null ? null : JsonSerializer.Serialize(json, s_json) : text;
        if (row is null)
            return Task.CompletedTask;
        var bytes = Encoding.UTF8.GetBytes(row);
        return bytes.Length < PbmProtocol.MaxReply
            ? frames.WriteAsync(FrameKind.Row, bytes)
            : throw new CommandRefusedException($"A row of the answer takes {bytes.Length} bytes, more than pbm takes in one ({PbmProtocol.MaxReply}).");
    }

    private async Task<(ExitCode Code, string? Note)> OutcomeAsync(Run run, Access access, CancellationToken cancel)
    {
        PbmCommand? command = null;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            if (CommandGrammar.IsHelp(run.Words))
            {
                var page = grammar.HelpFor(run.Words);
                await RowAsync(page, new { help = page }).ConfigureAwait(false);
                return (ExitCode.Done, null);
            }

            (command, var values) = grammar.Parse(run.Words);
            if (command.NeedsWith(values) > access)
                return (ExitCode.NotAllowed, $"'{run.Words[0]} {command.Name}' changes something, and this node asks for an admin's token before it does.");
            if (!command.Streams)
                deadline.CancelAfter(limits.Command);
            await command.RunAsync(new CommandCall(command, values, this, deadline.Token)).ConfigureAwait(false);
            return (ExitCode.Done, null);
        }
        catch (CommandUsageException e)
        {
            return (ExitCode.Usage, e.Message);
        }
        catch (Exception e) when (e is CommandRefusedException or OptunaException or ArgumentException)
        {
            return (ExitCode.Refused, e.Message);
        }
        catch (Exception e) when (cancel.IsCancellationRequested && e is not (PbmWireException or IOException))
        {
            return command is { Streams: true } ? (ExitCode.Done, null) : (ExitCode.Cancelled, null);
        }
        catch (Exception e) when (deadline.IsCancellationRequested || e is AskTimeoutException)
        {
            return (ExitCode.Refused, "There was no answer in time.");
        }
        catch (Exception e) when (e is not (PbmWireException or IOException))
        {
            // A bug: the client is told, the connection and the node go on.
            return (ExitCode.Refused, $"The command failed: {e.GetType().Name}: {e.Message}");
        }
    }
}
