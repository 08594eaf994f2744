extern alias pbm;

using pbm::Optuna.Pbm;

namespace Optuna.Tests.Pbm;

/// <summary>What one command answered, through the real client.</summary>
internal sealed record Asked(int Code, IReadOnlyList<string> Rows, string Note)
{
    public static async Task<Asked> RunAsync(string address, string line, bool json = false, string? token = null)
    {
        await using var connection = await PbmConnection.OpenAsync(
            PbmArguments.Parse(json ? [address, "--json"] : [address]) with { Token = token });
        return await RunAsync(connection, line);
    }

    public static async Task<Asked> RunAsync(PbmConnection connection, string line, CancellationToken interrupt = default, Action<string>? seen = null)
    {
        var (rows, notes) = (new List<string>(), new List<string>());
        var code = await connection.RunAsync(
            pbm::Optuna.Pbm.Wire.Words.Split(line), interrupt, row => { rows.Add(row); seen?.Invoke(row); }, notes.Add);
        return new Asked(code, [.. rows.SelectMany(r => r.Split('\n'))], string.Join('\n', notes));
    }

    public IReadOnlyList<string> Done()
    {
        Assert.Equal((0, ""), (Code, Note));
        return Rows;
    }

    /// <summary>Nothing but a sentence.</summary>
    public string Refusal(int code = 1)
    {
        Assert.Equal((code, 0), (Code, Rows.Count));
        return Note;
    }
}
