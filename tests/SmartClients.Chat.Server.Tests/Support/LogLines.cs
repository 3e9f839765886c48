using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SmartClients.Chat.Server.Tests.Support;

/// <summary>What a server logs, from warnings on.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyList<string> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) lines.Enqueue(formatter(state, exception));
    }

    public void Dispose() { }
}
