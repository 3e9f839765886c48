using System.CommandLine;
using SmartClients.Cli.Agent;
using SmartClients.Cli.Calling;
using SmartClients.Cli.Chat;
using SmartClients.Cli.Chatting;
using SmartClients.Cli.Completion;
using SmartClients.Cli.Demo;
using SmartClients.Cli.Directories;
using SmartClients.Cli.Keys;
using SmartClients.Cli.Resolving;
using SmartClients.Cli.Shell;

var time = TimeProvider.System;
var root = new RootCommand("Every call goes to the best replica of a service; a replica that fails is never seen.")
{
    new CallCommand(time),
    new ResolveCommand(time),
    new AgentCommand(time),
    new KeyCommand(),
    new CertificateCommand(time),
    new DirectoryCommand(time),
    new PublishCommand(time),
    new SearchCommand(time),
    new ChatCommand(time),
    new ChatServerCommand(time),
    new ChatTokenCommand(time),
    new DemoCommand(time),
    new DemoReplicaCommand(),
    new CompletionCommand(),
};
return await Invocation.RunAsync(root, args);
