-- compatible-from: 1
-- The kitchen's work inside an order: how much of each line is done, and the taps that said so.

-- How many of the line are done. Moving the order does not fill it up, so that an undo finds it as it was.
ALTER TABLE order_lines ADD COLUMN done_quantity INTEGER NOT NULL DEFAULT 0
  CONSTRAINT order_line_done_range CHECK (done_quantity BETWEEN 0 AND quantity);

-- One touch of a screen. The screen makes its id before it knows whether the server can be reached: a tap that is sent
-- twice counts once. What it changed stands beside, so that it can be taken back exactly, or not at all.
CREATE TABLE kitchen_taps (
  id TEXT PRIMARY KEY CONSTRAINT kitchen_tap_id_length CHECK (length(id) BETWEEN 1 AND 40),
  order_id TEXT NOT NULL REFERENCES orders (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  at_ms INTEGER NOT NULL,
  status_before TEXT NOT NULL,
  status_after TEXT NOT NULL,
  -- JSON {line id: done_quantity}, of the lines that the tap changed.
  done_before TEXT NOT NULL DEFAULT '{}',
  done_after TEXT NOT NULL DEFAULT '{}',
  undone_at_ms INTEGER
) STRICT;
-- Taps are kept for two days: longer than any screen waits for its connection.
CREATE INDEX kitchen_taps_by_age ON kitchen_taps (at_ms);

-- What was handed over last, to be called back.
CREATE INDEX orders_completed ON orders (changed_at_ms) WHERE status = 'completed';
