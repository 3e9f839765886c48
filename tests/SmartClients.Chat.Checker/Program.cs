using SmartClients.Chat.Checker;

try
{
    var settings = Settings.Parse(args);
    using var interrupted = new CancellationTokenSource();
    Console.CancelKeyPress += (_, pressed) =>
    {
        pressed.Cancel = true;
        interrupted.Cancel();
    };
    using var check = new Check(settings, TimeProvider.System, settings.Quiet ? _ => { } : Console.Error.WriteLine);
    return await check.RunAsync(interrupted.Token) ? 0 : 1;
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
catch (OperationCanceledException)
{
    return 130;
}
