-- compatible-from: 1
-- When orders are taken, how much kitchen work may be promised ahead, and the tables that guests order from.

-- Pickup times stand this far apart, from each opening on. prep_minutes is the least time an order takes.
ALTER TABLE venue ADD COLUMN slot_minutes INTEGER NOT NULL DEFAULT 15 CHECK (slot_minutes BETWEEN 5 AND 120);
-- Seconds of work that one slot may promise at a station which has no row of its own.
ALTER TABLE venue ADD COLUMN slot_seconds INTEGER NOT NULL DEFAULT 900 CHECK (slot_seconds BETWEEN 0 AND 86400);
-- Ordering is paused since then; NULL: it is not.
ALTER TABLE venue ADD COLUMN paused_at_ms INTEGER;
-- The pause ends by itself; NULL with paused_at_ms: when somebody says so.
ALTER TABLE venue ADD COLUMN paused_until_ms INTEGER
  CONSTRAINT venue_pause_ends_after_start CHECK (paused_until_ms IS NULL OR paused_until_ms > paused_at_ms);
-- Added to every promise until that moment.
ALTER TABLE venue ADD COLUMN added_minutes INTEGER NOT NULL DEFAULT 0
  CONSTRAINT venue_added_minutes_range CHECK (added_minutes BETWEEN 0 AND 60);
ALTER TABLE venue ADD COLUMN added_until_ms INTEGER;

-- Other hours on one date, or none (both NULL). All rows of a date together replace its weekday's.
CREATE TABLE opening_exceptions (
  id TEXT PRIMARY KEY,
  -- Local date on which the window begins, as 2026-11-26.
  on_date TEXT NOT NULL CHECK (length(on_date) = 10),
  opens_minute INTEGER CHECK (opens_minute BETWEEN 0 AND 1439),
  closes_minute INTEGER,
  -- Why, for staff and guests: Thanksgiving.
  note TEXT NOT NULL DEFAULT '' CONSTRAINT opening_exception_note_length CHECK (length(note) <= 60),
  CONSTRAINT opening_exceptions_close_after_open CHECK ((opens_minute IS NULL AND closes_minute IS NULL)
    OR (opens_minute IS NOT NULL AND closes_minute > opens_minute AND closes_minute <= opens_minute + 1440))
) STRICT;
CREATE INDEX opening_exceptions_by_date ON opening_exceptions (on_date);

CREATE TABLE kitchen_stations (
  -- As the items name it.
  name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 40),
  -- How many pairs of hands work side by side: the queue is divided by it.
  hands INTEGER NOT NULL DEFAULT 1 CHECK (hands BETWEEN 1 AND 50),
  -- Seconds of work that one slot may promise; 0: nothing of this station can be ordered ahead.
  slot_seconds INTEGER NOT NULL CHECK (slot_seconds BETWEEN 0 AND 86400)
) STRICT;

-- Work promised per slot and station: moved by the same write that places or ends the order.
CREATE TABLE slot_loads (
  starts_at_ms INTEGER NOT NULL,
  station TEXT NOT NULL,
  claimed_seconds INTEGER NOT NULL DEFAULT 0 CHECK (claimed_seconds >= 0),
  -- As the settings were when it was claimed last; never lowered under what is promised already.
  capacity_seconds INTEGER NOT NULL CHECK (capacity_seconds >= 0),
  -- The last seconds are decided by a conditional update; this is what stands behind it.
  CONSTRAINT slot_is_not_oversold CHECK (claimed_seconds <= capacity_seconds),
  PRIMARY KEY (starts_at_ms, station)
) STRICT;

-- What one order has of them. Given back, it stays as a row, so that a payment that comes late can take it again.
CREATE TABLE slot_claims (
  order_id TEXT NOT NULL REFERENCES orders (id),
  starts_at_ms INTEGER NOT NULL,
  station TEXT NOT NULL,
  seconds INTEGER NOT NULL CHECK (seconds > 0),
  released_at_ms INTEGER,
  PRIMARY KEY (order_id, starts_at_ms, station)
) STRICT;

CREATE TABLE dining_tables (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CONSTRAINT dining_table_name_length CHECK (length(name) BETWEEN 1 AND 20),
  -- Window, terrace, bar: how the printed cards are sorted.
  area TEXT NOT NULL DEFAULT '' CONSTRAINT dining_table_area_length CHECK (length(area) <= 40),
  -- The unguessable end of the table's link. In clear, because the card can be printed again: who sits there sees it.
  code TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 16 AND 64),
  code_made_at_ms INTEGER NOT NULL,
  archived_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX dining_table_name_is_unique ON dining_tables (name) WHERE archived_at_ms IS NULL;
