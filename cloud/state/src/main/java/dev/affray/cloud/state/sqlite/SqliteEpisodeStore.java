package dev.affray.cloud.state.sqlite;

import dev.affray.cloud.state.Episode;
import dev.affray.cloud.state.EpisodeStore;
import dev.affray.document.Json;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;

/** Episodes in SQLite. */
public final class SqliteEpisodeStore implements EpisodeStore {
    private final Database database;

    public SqliteEpisodeStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Episode> episode(String group) {
        return database.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT json FROM episode WHERE neighbours = ?")) {
                query.setString(1, group);
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? Optional.of(Json.read(row.getString(1), Episode.class)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public boolean replace(Episode episode) {
        return database.write(connection -> {
            try (PreparedStatement write = connection.prepareStatement(
                    episode.version() == 1
                            ? "INSERT INTO episode (version, json, neighbours) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
                            : "UPDATE episode SET version = ?, json = ? WHERE neighbours = ? AND version = ?")) {
                write.setLong(1, episode.version());
                write.setString(2, Json.write(episode));
                write.setString(3, episode.group());
                if (episode.version() > 1) {
                    write.setLong(4, episode.version() - 1);
                }
                return write.executeUpdate() == 1;
            }
        });
    }
}
