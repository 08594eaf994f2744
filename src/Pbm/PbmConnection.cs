using System.Net.Sockets;
using Optuna.Pbm.Wire;

namespace Optuna.Pbm;

/// <summary>The node does not take this client; the sentence is its own.</summary>
internal sealed class PbmRefusedException(ExitCode code, string sentence) : Exception(sentence)
{
    public ExitCode Code { get; } = code;
}

/// <summary>A line to a node's command host. One that was closed while nothing was asked is opened again by the next command.</summary>
internal sealed class PbmConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly PbmArguments _arguments;
    private TcpClient? _client;
    private FrameStream? _frames;

    private PbmConnection(PbmArguments arguments) => _arguments = arguments;

    /// <summary>What can be asked there.</summary>
    public Welcome Welcome { get; private set; } = null!;

    /// <exception cref="PbmWireException">Nobody listens there, or no command host.</exception>
    /// <exception cref="PbmRefusedException">The node does not take this client.</exception>
    public static async Task<PbmConnection> OpenAsync(PbmArguments arguments)
    {
        var connection = new PbmConnection(arguments);
        try
        {
            await connection.OpenAsync().ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs a command until its end.</summary>
    /// <param name="interrupted">Cancelled: the command is told to end, and its end is awaited.</param>
    /// <param name="row">A line of the result.</param>
    /// <param name="note">A sentence for people.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="PbmWireException">The line broke.</exception>
    /// <exception cref="IOException">The line broke.</exception>
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken interrupted, Action<string> row, Action<string> note)
    {
        // A node says nothing unasked but its last words.
        if (_client is not { Client: { } socket } || socket.Poll(0, SelectMode.SelectRead))
            await OpenAsync().ConfigureAwait(false);
        var frames = _frames!;
        await frames.WriteMessageAsync(FrameKind.Run, new Run(words, _arguments.Json), CancellationToken.None).ConfigureAwait(false);
        await using var interrupt = interrupted.Register(() => _ = CancelAsync(frames)).ConfigureAwait(false);
        while (await frames.ReadAsync(CancellationToken.None).ConfigureAwait(false) is { } frame)
        {
            switch (frame)
            {
                case { Kind: FrameKind.Row }:
                    row(frame.Text);
                    break;
                case { Kind: FrameKind.Note }:
                    note(frame.Text);
                    break;
                case { Kind: FrameKind.End, Body.Length: 1 }:
                    return frame.Body.Span[0];
                default:
                    throw new PbmWireException($"A frame {frame.Kind} came in the middle of an answer.");
            }
        }

        throw new PbmWireException("The node closed the line before the command was over.");
    }

    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task OpenAsync()
    {
        _client?.Dispose();
        _client = new TcpClient { NoDelay = true };
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _client.ConnectAsync(_arguments.Host, _arguments.Port, patience.Token).ConfigureAwait(false);
            _frames = new FrameStream(_client.GetStream(), PbmProtocol.MaxReply, Patience);
            await _frames.WriteMessageAsync(FrameKind.Hello, new Hello(PbmProtocol.Version, _arguments.Token), patience.Token).ConfigureAwait(false);
            Welcome = await WelcomeAsync(_frames, patience.Token).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new PbmWireException($"The node cannot be reached: {e.Message}.", e);
        }
        catch (OperationCanceledException e)
        {
            throw new PbmWireException($"No command host answered within {Patience.TotalSeconds:0} s.", e);
        }
    }

    private static async Task<Welcome> WelcomeAsync(FrameStream frames, CancellationToken cancel)
    {
        string? note = null;
        while (await frames.ReadAsync(cancel).ConfigureAwait(false) is { } frame)
        {
            switch (frame)
            {
                case { Kind: FrameKind.Welcome }:
                    return PbmProtocol.Read<Welcome>(frame);
                case { Kind: FrameKind.Note }:
                    note = frame.Text;
                    break;
                case { Kind: FrameKind.End, Body.Length: 1 }:
                    throw new PbmRefusedException((ExitCode)frame.Body.Span[0], note ?? "The node does not take this client.");
                default:
                    throw new PbmWireException($"A frame {frame.Kind} came where a welcome was expected.");
            }
        }

        throw new PbmWireException("The line was closed at once: is this a command host?");
    }

    // The answer goes on until the node says that it is over; a line that breaks meanwhile is seen by who reads it.
    private static async Task CancelAsync(FrameStream frames)
    {
        try
        {
            await frames.WriteAsync(FrameKind.Cancel, ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
        }
        catch (Exception e) when (e is PbmWireException or IOException or ObjectDisposedException)
        {
        }
    }
}
