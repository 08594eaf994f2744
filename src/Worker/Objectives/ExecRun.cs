namespace Optuna.Worker.Objectives;

/// <summary>One evaluation: reads what the child prints until it has ended, one way or another.</summary>
internal sealed class ExecRun(Trial trial, ChildProcess child, TextWriter errors)
{
    private const int LongestOutputLine = 1 << 20;
    private const int LongestErrorLine = 1 << 16;
    private const int KeptErrorLines = 20;

    private readonly BoundedLines _output = new(child.Output, LongestOutputLine, cutLong: false, endAtReturn: false);
    private readonly Queue<string> _lastErrors = new();
    private ObjectiveValue? _result;
    private string? _lastLine;

    public async Task<ObjectiveValue> ResultAsync(CancellationToken cancellationToken)
    {
        var errorsRead = PassErrorsAsync();
        try
        {
            while (await NextLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
                Take(line);
            await child.Exited.WaitAsync(cancellationToken).ConfigureAwait(false);
            await errorsRead.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await Task.WhenAll(child.StopAsync(), DrainAsync()).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await child.KillAsync().ConfigureAwait(false);
            await errorsRead.ConfigureAwait(false);
        }

        return child.ExitCode == 0 ? _result ?? throw NoResult() : throw Failed(child.ExitCode);
    }

    // The trial is for one thread at a time: everything said to it is said here, in the order printed.
    private void Take(string line)
    {
        if (line.Length == 0)
            return;
        _lastLine = line;
        if (ExecLine.Read(line) is not { } said)
        {
            OptunaLog.Info($"Trial {trial.Number}: {ExecText.Short(line)}");
            return;
        }

        foreach (var (key, value) in said.UserAttrs)
            trial.SetUserAttr(key, value);
        foreach (var (key, value) in said.Constraints)
            trial.SetConstraint(key, value);
        if (!said.Result.IsDefault)
            _result = new ObjectiveValue([.. said.Result]);
        if (said.Report is not { } report)
            return;
        trial.Report(report.Values, report.Step);
        if (!trial.ShouldPrune())
            return;
        child.WriteLine("""{"prune": true}""");
        throw new TrialPrunedException($"Pruned at step {report.Step}.");
    }

    private async ValueTask<string?> NextLineAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, child.OutputOver);
        try
        {
            return await _output.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task DrainAsync()
    {
        var rest = new byte[4096];
        try
        {
            while (await child.Output.ReadAsync(rest, child.OutputOver).ConfigureAwait(false) > 0)
            {
            }
        }
        catch (OperationCanceledException)
        {
            // Somebody who left the program's group holds the pipe.
        }
    }

    private async Task PassErrorsAsync()
    {
        var lines = new BoundedLines(child.Errors, LongestErrorLine, cutLong: true, endAtReturn: true);
        try
        {
            while (await lines.ReadAsync(child.OutputOver).ConfigureAwait(false) is { } line)
            {
                await errors.WriteLineAsync($"[trial {trial.Number}] {line}").ConfigureAwait(false);
                if (line.Length == 0)
                    continue;
                if (_lastErrors.Count == KeptErrorLines)
                    _lastErrors.Dequeue();
                _lastErrors.Enqueue(ExecText.Short(line));
            }
        }
        catch (OperationCanceledException)
        {
            // As above.
        }
    }

    private ExecFailedException NoResult() => new(
        "The program ended without a result: a line {\"value\": NUMBER} or {\"values\": [NUMBER, …]} on its standard output"
        + (_lastLine is null ? "; it printed nothing." : $"; the last line it printed is: {ExecText.Short(_lastLine)}"));

    private ExecFailedException Failed(int code)
    {
        var how = code switch
        {
            127 => "exit code 127 (the shell did not find the command)",
            126 => "exit code 126 (the shell could not run the command)",
            > 128 and < 160 => $"exit code {code} (signal {code - 128})",
            _ => $"exit code {code}",
        };
        return new ExecFailedException(_lastErrors.Count == 0
            ? $"The program ended with {how} and nothing on standard error."
            : $"The program ended with {how}. Its last lines on standard error:\n{string.Join('\n', _lastErrors)}");
    }
}
