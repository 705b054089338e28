-- Times are milliseconds since 1970, UTC. Documents are JSON as the ports' records write themselves.

CREATE TABLE IF NOT EXISTS detection (
  camera     TEXT NOT NULL,
  position   TEXT NOT NULL,
  key        TEXT NOT NULL,
  line       TEXT NOT NULL,
  label      TEXT NOT NULL,
  confidence REAL NOT NULL,
  detector   TEXT NOT NULL,
  PRIMARY KEY (camera, position)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS head (
  camera  TEXT NOT NULL,
  kind    TEXT NOT NULL,
  line    TEXT NOT NULL,
  version INTEGER NOT NULL,
  json    TEXT NOT NULL,
  PRIMARY KEY (camera, kind, line)
) WITHOUT ROWID;

-- The outbox: one row for every head stored, in the same transaction.
CREATE TABLE IF NOT EXISTS change (
  seq      INTEGER PRIMARY KEY AUTOINCREMENT,
  json     TEXT NOT NULL,
  due_at   INTEGER NOT NULL,
  attempts INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS incident (
  id       TEXT PRIMARY KEY,
  camera   TEXT NOT NULL,
  kind     TEXT NOT NULL,
  line     TEXT NOT NULL,
  opened   INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  is_open  INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  json     TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS incident_by_camera ON incident (camera, kind, line, opened);
CREATE INDEX IF NOT EXISTS incident_by_opening ON incident (opened);
CREATE INDEX IF NOT EXISTS incident_open ON incident (opened) WHERE is_open = 1;

CREATE TABLE IF NOT EXISTS camera (
  id               TEXT PRIMARY KEY,
  listed           INTEGER NOT NULL DEFAULT 0,
  document_version INTEGER NOT NULL DEFAULT 0,
  document         TEXT,
  reported_version INTEGER NOT NULL DEFAULT 0,
  reported         TEXT,
  health_at        INTEGER,
  health           TEXT
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS gateway (
  thing            TEXT PRIMARY KEY,
  document_version INTEGER NOT NULL DEFAULT 0,
  online           INTEGER NOT NULL DEFAULT 0,
  presence_at      INTEGER,
  health_at        INTEGER,
  health           TEXT,
  last             INTEGER NOT NULL DEFAULT 0,
  vitals           TEXT
) WITHOUT ROWID
