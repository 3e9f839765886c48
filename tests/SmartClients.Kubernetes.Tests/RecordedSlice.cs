using System.Globalization;
using System.Text.Json.Nodes;

namespace SmartClients.Kubernetes.Tests;

/// <summary>An endpoint slice in the form in which an API server (1.33) writes them, with all that clients have no use for.</summary>
internal static class RecordedSlice
{
    /// <summary>A slice of the service <c>quotes</c> in the namespace <c>shop</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="endpoints">From <see cref="Pod"/>.</param>
    /// <param name="ports">From <see cref="Port"/>; one port <c>http</c>, 8080, when left out.</param>
    /// <param name="family">Of the addresses.</param>
    public static JsonObject Of(string name, JsonNode[] endpoints, JsonNode[]? ports = null, string family = "IPv4") => new()
    {
        ["kind"] = "EndpointSlice",
        ["apiVersion"] = "discovery.k8s.io/v1",
        ["metadata"] = JsonNode.Parse($$"""
            {
              "name": "{{name}}", "generateName": "quotes-", "namespace": "shop", "uid": "5b1ff7c8-0b52-4a53-9b5c-6c7f3f3a0c1d",
              "resourceVersion": "0", "generation": 7, "creationTimestamp": "2026-05-11T08:14:03Z",
              "labels": {
                "app": "quotes", "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io", "kubernetes.io/service-name": "quotes"
              },
              "annotations": { "endpoints.kubernetes.io/last-change-trigger-time": "2026-05-11T08:14:03Z" },
              "ownerReferences": [{
                "apiVersion": "v1", "kind": "Service", "name": "quotes", "uid": "0b8e6a52-33a7-4c56-8d57-1f9d3f4b7a11", "controller": true, "blockOwnerDeletion": true
              }],
              "managedFields": [{
                "manager": "kube-controller-manager", "operation": "Update", "apiVersion": "discovery.k8s.io/v1", "time": "2026-05-11T08:14:03Z",
                "fieldsType": "FieldsV1", "fieldsV1": { "f:addressType": {}, "f:endpoints": {}, "f:ports": {}, "f:metadata": { "f:generateName": {} } }
              }]
            }
            """),
        ["addressType"] = family,
        ["endpoints"] = new JsonArray(endpoints),
        ["ports"] = new JsonArray(ports ?? [Port("http", 8080)]),
    };

    public static JsonNode Pod(string address, bool? ready = true, bool? serving = true, bool? terminating = false, string zone = "eu-central-1a")
    {
        var conditions = new JsonObject();
        if (ready is not null) conditions["ready"] = ready;
        if (serving is not null) conditions["serving"] = serving;
        if (terminating is not null) conditions["terminating"] = terminating;
        return new JsonObject
        {
            ["addresses"] = new JsonArray(address),
            ["conditions"] = conditions,
            ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = "shop", ["name"] = "quotes-" + address, ["uid"] = "9d0ed0ea-6cf5-4f3e-8a3a-3a0a6f2c9a10" },
            ["nodeName"] = "ip-10-0-1-7.ec2.internal",
            ["zone"] = zone,
            ["hints"] = JsonNode.Parse("""{ "forZones": [{ "name": "eu-central-1a" }] }"""),
        };
    }

    public static JsonNode Port(string name, int number) => new JsonObject { ["name"] = name, ["port"] = number, ["protocol"] = "TCP" };

    /// <summary>The same slice as of a version.</summary>
    public static JsonObject At(this JsonObject slice, long version)
    {
        var copy = (JsonObject)slice.DeepClone();
        copy["metadata"]!["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        return copy;
    }
}
