using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using Xunit;
using static SmartClients.Kubernetes.Tests.RecordedSlice;

namespace SmartClients.Kubernetes.Tests;

/// <summary>What slices come to, and names.</summary>
public class SlicesTests
{
    static IEnumerable<string> Members(string name, params JsonObject[] slices)
    {
        var all = new Slices(KubernetesName.Parse(name));
        all.Replace(slices.Select(slice => slice.Deserialize<V1EndpointSlice>(ClusterJson.Default.V1EndpointSlice)!));
        return all.ToSet()?.Endpoints.Select(member => member.Address) ?? [];
    }

    [Theory]
    [InlineData("quotes.shop:http", "10.0.0.1:8080")]
    [InlineData("quotes.shop:metrics", "10.0.0.1:9100")]
    [InlineData("quotes.shop:7", "10.0.0.1:7")]
    [InlineData("quotes.shop.svc.cluster.local:http", "10.0.0.1:8080")]
    public void A_port_is_chosen_by_name_or_given_by_number(string name, string expected) =>
        Assert.Equal([expected], Members(name, Of("a", [Pod("10.0.0.1")], [Port("http", 8080), Port("metrics", 9100)])));

    [Fact]
    public void A_pod_has_another_number_under_the_same_name()
    {
        var slices = new[] { Of("a", [Pod("10.0.0.1")], [Port("http", 8080)]), Of("b", [Pod("10.0.0.2")], [Port("http", 8081)]) };
        Assert.Equal(["10.0.0.1:8080", "10.0.0.2:8081"], Members("quotes.shop:http", slices));
    }

    [Theory]
    [InlineData("quotes.shop", "k8s:quotes.shop has the ports http, metrics: write k8s:quotes.shop:PORT")]
    [InlineData("quotes.shop:web", "k8s:quotes.shop:web has the ports http, metrics: write k8s:quotes.shop:PORT")]
    public void A_port_that_is_not_clear_is_told(string name, string expected)
    {
        var slice = Of("a", [Pod("10.0.0.1")], [Port("http", 8080), Port("metrics", 9100)]);
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Members(name, slice)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_without_ports_needs_a_number()
    {
        var slice = Of("a", [Pod("10.0.0.1")], []);
        Assert.Contains("has no port: write k8s:quotes.shop:NUMBER", Assert.Throws<FormatException>(() => Members("quotes.shop", slice)).Message, StringComparison.Ordinal);
        Assert.Equal(["10.0.0.1:80"], Members("quotes.shop:80", slice));
    }

    [Fact]
    public void Of_two_families_one_is_taken()
    {
        Assert.Equal(["10.0.0.1:8080"], Members("quotes.shop", Of("a", [Pod("fd00::1")], family: "IPv6"), Of("b", [Pod("10.0.0.1")])));
        Assert.Equal(["[fd00::1]:8080"], Members("quotes.shop", Of("a", [Pod("fd00::1")], family: "IPv6"), Of("b", [])));
        Assert.Equal(["db.example:8080"], Members("quotes.shop", Of("a", [Pod("db.example")], family: "FQDN")));
    }

    [Fact]
    public void A_pod_in_two_slices_is_one_member_and_ready_if_either_says_so() =>
        Assert.Equal(["10.0.0.1:8080"], Members("quotes.shop", Of("a", [Pod("10.0.0.1", ready: false)]), Of("b", [Pod("10.0.0.1")]), Of("c", [Pod("10.0.0.1")])));

    [Theory]
    [InlineData("quotes")]
    [InlineData("quotes.shop.prod")]
    [InlineData("Quotes.shop")]
    [InlineData(".shop")]
    [InlineData("quotes.shop/x:80")]
    [InlineData("quotes.shop?x.svc")]
    [InlineData("quotes.shop:")]
    [InlineData("quotes.shop:0")]
    [InlineData("quotes.shop:65536")]
    [InlineData("quotes.shop:99999999999999999999")]
    [InlineData("quotes.shop:a/b")]
    public void A_name_that_is_none_is_refused(string name) => Assert.StartsWith("'", Assert.Throws<FormatException>(() => KubernetesName.Parse(name)).Message, StringComparison.Ordinal);
}
