namespace SmartClients.Learning.Orca;

/// <summary>The three ways to write a load report into a header.</summary>
public enum OrcaForm
{
    /// <summary><c>TEXT cpu_utilization=0.3, mem_utilization=0.8</c>: the cheapest to read.</summary>
    Text,

    /// <summary><c>JSON {"cpu_utilization":0.3}</c>: the JSON form of the protobuf message.</summary>
    Json,

    /// <summary><c>BIN CTMzMzMzM9M/</c>: the protobuf message in base64.</summary>
    Binary,
}
