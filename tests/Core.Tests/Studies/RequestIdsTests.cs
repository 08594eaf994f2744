using Optuna.Studies;
using Xunit;

namespace Optuna.Tests.Studies;

public sealed class RequestIdsTests
{
    [Fact]
    public void Threads_that_share_an_asker_never_get_the_same_id()
    {
        var (ids, other) = (new RequestIds(), new RequestIds());
        var taken = Enumerable.Range(0, 8000).AsParallel().WithDegreeOfParallelism(8)
            .Select(i => i % 2 == 0 ? ids.Next() : other.Next()).ToArray();
        Assert.Equal(8000, taken.Distinct().Count());
        Assert.DoesNotContain(Guid.Empty, taken);
    }
}
