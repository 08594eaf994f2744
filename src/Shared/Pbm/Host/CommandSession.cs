using Optuna.Cluster.Pbm.Grammar;
using Optuna.Cluster.Security;
using Optuna.Pbm.Wire;

namespace Optuna.Cluster.Pbm.Host;

/// <summary>The conversation with one client: hello, then commands, one after the other.</summary>
internal sealed class CommandSession(string node, CommandGrammar grammar, RoleTokens tokens, CommandLimits limits)
{
    /// <summary>How long a command that was told to end may take to do so before the connection is given up.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly Welcome _welcome = new(PbmProtocol.Version, node,
    [
        .. grammar.Palettes.Select(p => new WelcomePalette(p.Name,
            [.. p.Commands.Select(c => new WelcomeCommand(c.Name, [.. c.Parameters.Where(x => x.Short is not null).Select(x => $"--{x.Name}")]))])),
    ]);

    /// <summary>Until the client goes, is silent for too long, or the host ends.</summary>
    /// <exception cref="PbmWireException">It does not speak the protocol.</exception>
    public async Task ServeAsync(FrameStream frames, CancellationToken end)
    {
        // Twice: one that began and stopped is to hear what is the matter.
        if (await NextAsync(frames.ReadAsync(end), limits.Frame * 2).ConfigureAwait(false) is not { } first)
            return;
        var hello = Expect<Hello>(first, FrameKind.Hello);
        if (hello.Version != PbmProtocol.Version)
            throw new PbmWireException($"This node speaks version {PbmProtocol.Version} of pbm's protocol, the client version {hello.Version}.");
        var access = tokens.RoleOf(hello.Token) switch { TokenRole.Admin => Access.Change, null => Access.Nothing, _ => Access.Look };
        if (access == Access.Nothing)
        {
            await RefuseAsync(frames, hello.Token is null ? "This node asks for a token." : "This node does not know that token.", ExitCode.NotAllowed).ConfigureAwait(false);
            return;
        }

        await frames.WriteMessageAsync(FrameKind.Welcome, _welcome, end).ConfigureAwait(false);
        var next = frames.ReadAsync(end);
        while (await NextAsync(next, limits.Idle).ConfigureAwait(false) is { } frame)
        {
            // It may come too late for the command it is about.
            next = frame.Kind == FrameKind.Cancel
                ? frames.ReadAsync(end)
                : await RunAsync(frames, Expect<Run>(frame, FrameKind.Run), access, end).ConfigureAwait(false);
        }
    }

    /// <summary>A last word before the connection is closed.</summary>
    public static async Task RefuseAsync(FrameStream frames, string sentence, ExitCode code = ExitCode.Refused)
    {
        await frames.WriteTextAsync(FrameKind.Note, sentence).ConfigureAwait(false);
        await frames.WriteAsync(FrameKind.End, new[] { (byte)code }).ConfigureAwait(false);
    }

    /// <returns>The frame that comes after it.</returns>
    private async Task<Task<Frame?>> RunAsync(FrameStream frames, Run run, Access access, CancellationToken end)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(end);
        var next = frames.ReadAsync(end);
        var running = new CommandRun(frames, grammar, limits).RunAsync(run, access, cancel.Token);
        while (await Task.WhenAny(running, next).ConfigureAwait(false) == next && !running.IsCompleted)
        {
            await cancel.CancelAsync().ConfigureAwait(false);
            if (!next.IsCompletedSuccessfully || await next.ConfigureAwait(false) is not { } frame)
            {
                // Nobody is there to hear how it ends.
                await running.WaitAsync(EndPatience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return next;
            }

            if (frame.Kind != FrameKind.Cancel)
                throw new PbmWireException("One command at a time: the last one is not over.");
            next = frames.ReadAsync(end);
            await running.WaitAsync(EndPatience, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!running.IsCompleted)
                throw new PbmWireException("The command does not end; the connection is closed instead.");
        }

        await running.ConfigureAwait(false);
        return next;
    }

    private static async Task<Frame?> NextAsync(Task<Frame?> next, TimeSpan patience)
    {
        try
        {
            return await next.WaitAsync(patience).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new PbmWireException($"Nothing was said for {patience.TotalSeconds:0} s.", e);
        }
    }

    private static T Expect<T>(Frame frame, FrameKind kind) =>
        frame.Kind == kind ? PbmProtocol.Read<T>(frame) : throw new PbmWireException($"A frame {frame.Kind} comes where {kind} was expected.");
}
