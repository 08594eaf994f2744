namespace Optuna.Artifacts;

/// <summary>How often and how soon <see cref="BackoffArtifactStore"/> tries again. The defaults are those of Optuna 5.</summary>
public sealed record BackoffOptions
{
    /// <summary>Tries in all.</summary>
    /// <value>Default 10; at least 1.</value>
    public int MaxRetries { get; init; } = 10;

    /// <summary>How many times longer each wait is than the one before.</summary>
    /// <value>Default 2; above 0.</value>
    public double Multiplier { get; init; } = 2;

    /// <value>Default 0.1 s; above 0.</value>
    public TimeSpan MinDelay { get; init; } = TimeSpan.FromSeconds(0.1);

    /// <value>Default 30 s; above <see cref="MinDelay"/>.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>A store that tries again, ever more slowly, when another one fails; that something is not there is no failure.</summary>
public sealed class BackoffArtifactStore : IArtifactStore
{
    private readonly IArtifactStore _backend;
    private readonly BackoffOptions _options;
    private readonly TimeProvider _clock;

    /// <param name="clock">What waiting is measured with; null for the system's.</param>
    /// <exception cref="ArgumentException">An option out of range.</exception>
    public BackoffArtifactStore(IArtifactStore backend, BackoffOptions? options = null, TimeProvider? clock = null)
    {
        (_backend, _options, _clock) = (backend, options ?? new BackoffOptions(), clock ?? TimeProvider.System);
        if (_options.MaxRetries < 1)
            throw new ArgumentException($"'max_retries' must be at least 1 (it is {_options.MaxRetries}).");
        if (!(_options.Multiplier > 0))
            throw new ArgumentException($"'multiplier' must be positive (it is {_options.Multiplier}).");
        if (_options.MinDelay <= TimeSpan.Zero || _options.MaxDelay <= _options.MinDelay)
            throw new ArgumentException($"0 < 'min_delay' < 'max_delay' must hold (they are {_options.MinDelay} and {_options.MaxDelay}).");
    }

    public Task<Stream> OpenReaderAsync(string artifactId, CancellationToken cancellationToken = default) =>
        TryAsync(artifactId, () => _backend.OpenReaderAsync(artifactId, cancellationToken), cancellationToken);

    /// <exception cref="ArgumentException">The stream cannot be read twice.</exception>
    public Task WriteAsync(string artifactId, Stream content, CancellationToken cancellationToken = default)
    {
        if (!content.CanSeek)
            throw new ArgumentException("'content' must be a stream that can go back to where it started, for it may be written more than once.");
        var start = content.Position;
        return TryAsync(artifactId, async () =>
        {
            content.Position = start;
            await _backend.WriteAsync(artifactId, content, cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken);
    }

    public Task RemoveAsync(string artifactId, CancellationToken cancellationToken = default) => TryAsync(artifactId, async () =>
    {
        await _backend.RemoveAsync(artifactId, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    private async Task<T> TryAsync<T>(string artifactId, Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (Exception e) when (tried < _options.MaxRetries
                && e is not (ArtifactNotFoundException or ArgumentException) && !cancellationToken.IsCancellationRequested)
            {
                OptunaLog.Warning($"Artifact '{artifactId}', try {tried} of {_options.MaxRetries}: {e.Message}");
            }

            var delay = Math.Min(_options.MinDelay.TotalSeconds * Math.Pow(_options.Multiplier, tried - 1), _options.MaxDelay.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(delay), _clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
