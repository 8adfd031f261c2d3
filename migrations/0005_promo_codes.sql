-- compatible-from: 1
-- Promo codes and their uses.

CREATE TABLE promo_codes (
  id TEXT PRIMARY KEY,
  -- In capitals, as it is printed; what a guest types is trimmed and compared in capitals.
  code TEXT NOT NULL CONSTRAINT promo_code_is_unique UNIQUE
    CONSTRAINT promo_code_length CHECK (length(code) BETWEEN 3 AND 40),
  -- What it is for, for staff.
  note TEXT NOT NULL DEFAULT '' CONSTRAINT promo_code_note_length CHECK (length(note) <= 200),
  percent_millionths INTEGER,
  amount_minor INTEGER,
  -- Counts from here, and until just before there; NULL is without that edge.
  starts_at_ms INTEGER,
  ends_at_ms INTEGER,
  -- Of the whole order before any discount.
  minimum_subtotal_minor INTEGER NOT NULL DEFAULT 0 CHECK (minimum_subtotal_minor >= 0),
  -- NULL: as often as anyone likes.
  max_uses INTEGER CHECK (max_uses > 0),
  max_uses_per_person INTEGER CHECK (max_uses_per_person > 0),
  -- Orders that hold or have used it: moved by the same write that places or ends the order.
  use_count INTEGER NOT NULL DEFAULT 0 CHECK (use_count >= 0),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0, 1)),
  -- Moves with every change of what it does: an order priced by an older one is priced again.
  revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0),
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  CONSTRAINT promo_code_takes_something_off CHECK
    ((percent_millionths BETWEEN 1 AND 1000000 AND amount_minor IS NULL)
     OR (percent_millionths IS NULL AND amount_minor BETWEEN 1 AND 100000000)),
  CONSTRAINT promo_code_ends_after_start CHECK (ends_at_ms > starts_at_ms),
  -- The last use is decided by a conditional update; this is what stands behind it.
  CONSTRAINT promo_code_uses_are_limited CHECK (use_count <= max_uses)
) STRICT;

-- What a code is for; without rows it is for everything.
CREATE TABLE promo_code_subjects (
  promo_code_id TEXT NOT NULL REFERENCES promo_codes (id),
  kind TEXT NOT NULL CHECK (kind IN ('category', 'item')),
  subject_id TEXT NOT NULL,
  PRIMARY KEY (promo_code_id, kind, subject_id)
) STRICT;

-- One use is one order. Given back, it stays as a row, so that a payment that comes late can take it again.
CREATE TABLE promo_code_uses (
  order_id TEXT PRIMARY KEY REFERENCES orders (id),
  promo_code_id TEXT NOT NULL REFERENCES promo_codes (id),
  -- SHA-256 of the email address as a person has it: lowercase, without a +tag. Compared, never shown.
  person_hash TEXT NOT NULL,
  discount_minor INTEGER NOT NULL CHECK (discount_minor >= 0),
  claimed_at_ms INTEGER NOT NULL,
  released_at_ms INTEGER
) STRICT;
CREATE INDEX promo_code_uses_by_person ON promo_code_uses (promo_code_id, person_hash) WHERE released_at_ms IS NULL;
CREATE INDEX promo_code_uses_by_time ON promo_code_uses (promo_code_id, claimed_at_ms);
