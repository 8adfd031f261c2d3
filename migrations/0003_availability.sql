-- compatible-from: 1
-- When the menu is served, what is sold out until when, and where every counted portion went.

-- When a sold-out option returns by itself; NULL is until somebody says so.
ALTER TABLE modifier_options ADD COLUMN sold_out_until_ms INTEGER;

-- At this count or below staff are told; NULL: nobody asked to be.
ALTER TABLE menu_items ADD COLUMN low_stock_mark INTEGER
  CONSTRAINT menu_item_low_mark_range CHECK (low_stock_mark BETWEEN 0 AND 1000000);
CREATE INDEX menu_items_counted ON menu_items (stock_count) WHERE stock_count IS NOT NULL;

-- The hours in which a category or an item is served. No row: whenever the venue is open. An item's own hours stand
-- instead of its category's. closes_minute may pass 1440, as in opening_hours.
CREATE TABLE menu_hours (
  id TEXT PRIMARY KEY,
  category_id TEXT REFERENCES menu_categories (id),
  item_id TEXT REFERENCES menu_items (id),
  -- 1 is Monday.
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  opens_minute INTEGER NOT NULL CHECK (opens_minute BETWEEN 0 AND 1439),
  closes_minute INTEGER NOT NULL,
  CONSTRAINT menu_hours_are_of_one CHECK ((category_id IS NULL) <> (item_id IS NULL)),
  CONSTRAINT menu_hours_close_after_open CHECK (closes_minute > opens_minute AND closes_minute <= opens_minute + 1440)
) STRICT;
CREATE INDEX menu_hours_by_item ON menu_hours (item_id) WHERE item_id IS NOT NULL;
CREATE INDEX menu_hours_by_category ON menu_hours (category_id) WHERE category_id IS NOT NULL;

-- Other hours on one date, or none (both NULL). All rows of a date together replace its weekday's.
CREATE TABLE menu_hour_exceptions (
  id TEXT PRIMARY KEY,
  category_id TEXT REFERENCES menu_categories (id),
  item_id TEXT REFERENCES menu_items (id),
  -- Local date on which the window begins, as 2026-11-26.
  on_date TEXT NOT NULL CHECK (length(on_date) = 10),
  opens_minute INTEGER CHECK (opens_minute BETWEEN 0 AND 1439),
  closes_minute INTEGER,
  CONSTRAINT menu_hour_exceptions_are_of_one CHECK ((category_id IS NULL) <> (item_id IS NULL)),
  CONSTRAINT menu_hour_exceptions_close_after_open CHECK ((opens_minute IS NULL AND closes_minute IS NULL)
    OR (opens_minute IS NOT NULL AND closes_minute > opens_minute AND closes_minute <= opens_minute + 1440))
) STRICT;
CREATE INDEX menu_hour_exceptions_by_item ON menu_hour_exceptions (item_id) WHERE item_id IS NOT NULL;
CREATE INDEX menu_hour_exceptions_by_category ON menu_hour_exceptions (category_id) WHERE category_id IS NOT NULL;

-- Every change of a counted stock; the deltas of an item add up to its stock_count. Rows are never changed.
CREATE TABLE stock_changes (
  item_id TEXT NOT NULL REFERENCES menu_items (id),
  -- 1, 2, 3 within the item.
  position INTEGER NOT NULL CHECK (position > 0),
  at_ms INTEGER NOT NULL,
  -- found: what stood there before this table, or was changed by a program that did not know it.
  reason TEXT NOT NULL CONSTRAINT stock_change_reason_is_known CHECK (reason IN
    ('found', 'counted', 'delivered', 'reserved', 'released', 'reclaimed', 'restocked', 'uncounted')),
  delta INTEGER NOT NULL,
  count_after INTEGER NOT NULL CONSTRAINT stock_change_leaves_no_debt CHECK (count_after >= 0),
  -- Whose order took or gave it back; NULL for what staff did.
  order_id TEXT REFERENCES orders (id),
  staff_id TEXT REFERENCES staff (id),
  PRIMARY KEY (item_id, position)
) STRICT;
CREATE INDEX stock_changes_by_order ON stock_changes (order_id) WHERE order_id IS NOT NULL;
CREATE TRIGGER stock_changes_are_never_changed BEFORE UPDATE ON stock_changes
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: stock_changes_are_never_changed'); END;
CREATE TRIGGER stock_changes_are_never_removed BEFORE DELETE ON stock_changes
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: stock_changes_are_never_removed'); END;

INSERT INTO stock_changes (item_id, position, at_ms, reason, delta, count_after)
SELECT id, 1, 0, 'found', stock_count, stock_count FROM menu_items WHERE stock_count IS NOT NULL;
