using System.Runtime.CompilerServices;
using Optuna.Cluster.Serialization;

namespace Optuna.Tests.Serialization;

/// <summary>
/// golden.txt (a line: manifest, sample, bytes in hex) holds the bytes of every message and event as they were first written; its lines are kept for ever.
/// A new type, or a new optional field, needs new lines: run these tests with UPDATE_GOLDEN=1, which appends what is missing
/// and never touches a line that is there. A failure of the other kind means that old journals can no longer be read.
/// </summary>
public sealed class GoldenTests
{
    private static readonly (string Manifest, string Name, string Hex)[] s_lines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Serialization", "golden.txt")).Select(Parse)];

    [Fact]
    public void Every_sample_has_the_bytes_of_a_golden_line()
    {
        var known = s_lines.ToHashSet();
        var missing = Protocol.Samples
            .Select(s => (SerializerTable.Of(s.Message).Manifest, s.Name, Hex: Convert.ToHexString(SerializerTable.Of(s.Message).Write(s.Message))))
            .Where(line => !known.Contains(line))
            .ToList();

        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.AppendAllLines(SourcePath(), missing.Select(l => $"{l.Manifest} {l.Name} {(l.Hex == "" ? "-" : l.Hex)}"));
        else
            Assert.Empty(missing);
    }

    [Fact]
    public void Every_golden_line_is_still_read_and_means_the_same()
    {
        Assert.All(s_lines, line =>
        {
            var read = SerializerTable.Of(line.Manifest).Read(Convert.FromHexString(line.Hex));
            var written = SerializerTable.Of(read);

            // A manifest that is only read any more comes back in its newer form.
            if (written.Manifest == line.Manifest)
                Assert.Equal(line.Hex, Convert.ToHexString(written.Write(read)));
            else
                Assert.Null(Structure.Difference(read, written.Read(written.Write(read))));
        });
    }

    [Fact]
    public void Every_manifest_has_a_golden_line()
    {
        Assert.Empty(SerializerTable.Rows.Select(r => r.Manifest).Except(s_lines.Select(l => l.Manifest)));
    }

    private static (string, string, string) Parse(string line)
    {
        var parts = line.Split(' ');
        return (parts[0], parts[1], parts[2] == "-" ? "" : parts[2]);
    }

    private static string SourcePath([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "golden.txt");
}
