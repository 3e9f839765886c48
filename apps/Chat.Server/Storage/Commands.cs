using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SmartClients.Chat.Server.Storage;

/// <summary>One line for one statement. Values only ever travel as parameters.</summary>
internal static class Commands
{
    public static SqliteCommand Command(this SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    public static void Run(this SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Command(text, values);
        command.ExecuteNonQuery();
    }

    /// <summary>The one number that a query finds; <see langword="null"/> where it finds none.</summary>
    public static long? Number(this SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Command(text, values);
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
    }

    public static List<T> Read<T>(
        this SqliteConnection connection, Func<SqliteDataReader, T> row, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.Command(text, values);
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }
}
