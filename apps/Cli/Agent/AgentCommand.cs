using SmartClients.Cli.Shell;
namespace SmartClients.Cli.Agent;
internal sealed class AgentCommand(TimeProvider time) : SmartCommand("agent", "x") { public TimeProvider T => time; }
