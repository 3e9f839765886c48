using System.Runtime.CompilerServices;
using Grpc.Net.Client.Balancer;

namespace SmartClients.Benchmarks.Picks;

/// <summary>grpc-dotnet's round robin. It keeps no count, so there is nothing to complete.</summary>
sealed class GrpcPick
{
    readonly SubchannelPicker picker;

    public GrpcPick(int endpoints)
    {
        // The picker only hands its subchannels out; blank ones spare a channel with connections.
        var subchannels = Enumerable.Range(0, endpoints).Select(_ => (Subchannel)RuntimeHelpers.GetUninitializedObject(typeof(Subchannel))).ToArray();
        var type = typeof(SubchannelPicker).Assembly.GetType("Grpc.Net.Client.Balancer.RoundRobinPicker", throwOnError: true)!;
        picker = (SubchannelPicker)Activator.CreateInstance(type, subchannels, 0L)!;
    }

    public void Run(int count)
    {
        var context = new PickContext();
        for (var i = 0; i < count; i++) picker.Pick(context);
    }
}
