-- What keeps announcements apart, since version 3. Times are milliseconds since 1970, UTC.

-- One that ended, or never waited, has no due.
CREATE TABLE notification (
  incident    TEXT NOT NULL,
  step        TEXT NOT NULL,
  channel     TEXT NOT NULL,
  attempts    INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  lead        TEXT,
  due         INTEGER,
  outcome     TEXT,
  settled_at  INTEGER,
  receipt     TEXT,
  PRIMARY KEY (incident, step, channel)
) WITHOUT ROWID;
CREATE INDEX notification_due ON notification (channel, due) WHERE due IS NOT NULL;

-- The newest window of each counter.
CREATE TABLE counter (
  name   TEXT NOT NULL,
  millis INTEGER NOT NULL,
  window INTEGER NOT NULL,
  taken  INTEGER NOT NULL,
  PRIMARY KEY (name, millis)
) WITHOUT ROWID;

CREATE TABLE episode (
  neighbours TEXT PRIMARY KEY,
  version    INTEGER NOT NULL,
  json       TEXT NOT NULL
) WITHOUT ROWID;
