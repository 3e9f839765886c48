using System.CommandLine;
using SmartClients.Cli.Agent;
using SmartClients.Cli.Benching;
using SmartClients.Cli.Calling;
using SmartClients.Cli.Chat;
using SmartClients.Cli.Chatting;
using SmartClients.Cli.Completion;
using SmartClients.Cli.Demo;
using SmartClients.Cli.Directories;
using SmartClients.Cli.Experiments;
using SmartClients.Cli.Getting;
using SmartClients.Cli.Keys;
using SmartClients.Cli.Resolving;
using SmartClients.Cli.Shell;
using SmartClients.Cli.Simulating;
using SmartClients.Cli.Terminals;

if (args is ["get", ..]) IdleThreads.SleepAtOnce();
var time = TimeProvider.System;
var root = new RootCommand("Every call goes to the best replica of a service; a replica that fails is never seen.")
{
    new CallCommand(time),
    new ResolveCommand(time),
    new GetCommand(time),
    new AgentCommand(time),
    new KeyCommand(),
    new CertificateCommand(time),
    new DirectoryCommand(time),
    new PublishCommand(time),
    new SearchCommand(time),
    new SimulateCommand(time),
    new BenchCommand(time),
    new BenchReplicaCommand(time),
    new BenchProxyCommand(time),
    new BenchLoadCommand(time),
    new SshCommand(time),
    new TelnetCommand(time),
    new RunCommand(time),
    new ExperimentCommand(time),
    new ChatCommand(time),
    new ChatServerCommand(time),
    new ChatTokenCommand(time),
    new DemoCommand(time),
    new DemoReplicaCommand(),
    new CompletionCommand(),
};
return await Invocation.RunAsync(root, args);
