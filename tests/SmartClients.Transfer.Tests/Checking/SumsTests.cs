using System.Security.Cryptography;
using SmartClients.Transfer.Checking;
using Xunit;

namespace SmartClients.Transfer.Tests.Checking;

public class SumsTests
{
    static readonly Hash Whole = new(HashAlgorithmName.SHA256, new byte[32]);
    static readonly StretchSums Stretches = new(5, [Whole, Whole]);
    static readonly Sums Both = new() { Size = 10, Whole = Whole, Stretches = Stretches };

    [Fact]
    public void What_one_source_says_by_the_hashes_of_stretches_is_not_computed_twice()
    {
        Assert.Null(Both.WholeToCheck);
        Assert.Null(Sums.None.And(Both).WholeToCheck);
        Assert.Null(Both.And(Sums.None).WholeToCheck);
        Assert.Null(Both.And(new Sums { Whole = Whole }).WholeToCheck);
    }

    [Fact]
    public void What_another_source_says_of_the_whole_is()
    {
        Assert.Equal(Whole, new Sums { Whole = Whole }.And(Both).WholeToCheck);
        Assert.Equal(Whole, new Sums { Whole = Whole }.And(Sums.None).And(Both).WholeToCheck);
        Assert.Equal(Whole, Sums.None.And(new Sums { Whole = Whole }.And(Both)).WholeToCheck);
        Assert.Equal(Whole, new Sums { Size = 10, Stretches = Stretches }.And(new Sums { Whole = Whole }).WholeToCheck);
    }

    [Fact]
    public void And_so_it_is_where_there_are_no_stretches_or_their_hashes_or_their_number_prove_less()
    {
        var old = new Hash(HashAlgorithmName.SHA1, new byte[20]);
        Assert.Equal(Whole, new Sums { Whole = Whole }.WholeToCheck);
        Assert.Equal(Whole, (Both with { Stretches = new StretchSums(5, [old, old]) }).WholeToCheck);
        Assert.Equal(Whole, (Both with { Stretches = new StretchSums(5, []) }).WholeToCheck);
        Assert.Equal(Whole, (Both with { Size = null }).WholeToCheck);
    }
}
