namespace Optuna.Cluster.Security;

/// <summary>Secrets come from the environment or from files, never from a command line, which every user of the machine can read.</summary>
public static class Secret
{
    /// <summary>The value of a variable, or the content of the file that <c>VARIABLE_FILE</c> names; null when neither is set.</summary>
    /// <param name="variable">Such as <c>OPTUNA_READ_TOKEN</c>.</param>
    /// <exception cref="ArgumentException">Both are set, or the file cannot be read or is empty. The message never holds the secret.</exception>
    public static string? FromEnvironment(string variable)
    {
        var value = Variable(variable);
        var file = Variable($"{variable}_FILE");
        if (value is not null && file is not null)
            throw new ArgumentException($"{variable} and {variable}_FILE are both set: one of them is enough.");
        return file is null ? value : FromFile(file, $"{variable}_FILE");
    }

    /// <summary>The content of a file without the white space around it.</summary>
    /// <param name="setting">What named the file, for the message.</param>
    /// <exception cref="ArgumentException">The file cannot be read or is empty.</exception>
    public static string FromFile(string file, string setting)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } text
                ? text
                : throw new ArgumentException($"{setting}: the file '{file}' is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ArgumentException($"{setting}: the file '{file}' cannot be read: {e.Message}", e);
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? text : null;
}
