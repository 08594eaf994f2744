namespace Optuna.Cli.Transfer.JournalFile;

/// <summary>The lock Optuna takes while it writes a journal: a symbolic link beside the file, which only one can make.</summary>
internal sealed class JournalFileLock : IDisposable
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    private readonly string _link;

    private JournalFileLock(string link) => _link = link;

    /// <param name="patience">How long to wait for another that has it. Optuna takes a lock away from a program that was killed after 30 s.</param>
    /// <exception cref="TransferRefusedException">It was not given up in time, or cannot be made.</exception>
    public static async Task<JournalFileLock> TakeAsync(string file, TimeSpan patience, CancellationToken cancel)
    {
        var link = file + ".lock";
        var began = TimeProvider.System.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(1); ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                File.CreateSymbolicLink(link, Path.GetFullPath(file));
                return new JournalFileLock(link);
            }
            catch (IOException) when (IsThere(link))
            {
                if (TimeProvider.System.GetElapsedTime(began) > patience)
                    throw new TransferRefusedException($"--to: another program holds the lock {link}; if none is running, remove that file.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new TransferRefusedException($"--to: the lock {link} cannot be made: {e.Message}", e);
            }

            await Task.Delay(pause, cancel).ConfigureAwait(false);
        }
    }

    public void Dispose() => File.Delete(_link);

    // A link counts by itself, whatever it points to.
    private static bool IsThere(string link) => new FileInfo(link) is var file && (file.Exists || file.LinkTarget is not null);
}
