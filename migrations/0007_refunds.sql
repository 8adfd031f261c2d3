-- compatible-from: 1
-- Refunds by line and amount, disputes, and the comparison of our ledger with Stripe's.

-- Who asked; NULL is the system, or somebody at Stripe's dashboard.
ALTER TABLE refunds ADD COLUMN staff_id TEXT REFERENCES staff (id);
-- 'venue': decided here. 'stripe': made at Stripe's dashboard, learnt afterwards.
ALTER TABLE refunds ADD COLUMN origin TEXT NOT NULL DEFAULT 'venue' CONSTRAINT refund_origin_is_known
  CHECK (origin IN ('venue', 'stripe'));
-- The part of the amount that is tip.
ALTER TABLE refunds ADD COLUMN tip_minor INTEGER NOT NULL DEFAULT 0 CHECK (tip_minor >= 0);
-- Whether its portions go back into a counted stock when Stripe has accepted it.
ALTER TABLE refunds ADD COLUMN is_restocking INTEGER NOT NULL DEFAULT 0 CHECK (is_restocking IN (0, 1));
-- Stripe's reason for a refusal or a failure, in words.
ALTER TABLE refunds ADD COLUMN failure TEXT;

-- The portions that a refund is for; a refund by amount has none.
CREATE TABLE refund_lines (
  refund_id TEXT NOT NULL REFERENCES refunds (id),
  line_id TEXT NOT NULL REFERENCES order_lines (id),
  quantity INTEGER NOT NULL CONSTRAINT refund_line_quantity_is_positive CHECK (quantity > 0),
  PRIMARY KEY (refund_id, line_id)
) STRICT;
CREATE INDEX refund_lines_by_line ON refund_lines (line_id);

-- A refund may fail after it succeeded, and a dispute's money goes and comes back under one id: so a row of the ledger
-- is named by kind and id together. SQLite can't change a CHECK in place, hence the new table.
DROP TRIGGER payments_are_never_changed;
DROP TRIGGER payments_are_never_removed;
DROP INDEX payments_by_order;
ALTER TABLE payments RENAME TO payments_before;
CREATE TABLE payments (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  kind TEXT NOT NULL CONSTRAINT payment_kind_is_known CHECK
    (kind IN ('charge', 'refund', 'refundReversal', 'dispute', 'disputeReversal')),
  amount_minor INTEGER NOT NULL CONSTRAINT payment_sign CHECK (
    (kind IN ('charge', 'refundReversal', 'disputeReversal') AND amount_minor > 0)
    OR (kind IN ('refund', 'dispute') AND amount_minor < 0)),
  currency TEXT NOT NULL,
  -- The Checkout Session, refund or dispute at Stripe: each counts once, whoever reports it first.
  stripe_id TEXT NOT NULL,
  payment_intent_id TEXT,
  at_ms INTEGER NOT NULL,
  CONSTRAINT payment_counts_once UNIQUE (stripe_id, kind)
) STRICT;
INSERT INTO payments (id, order_id, kind, amount_minor, currency, stripe_id, payment_intent_id, at_ms)
  SELECT id, order_id, kind, amount_minor, currency, stripe_id, payment_intent_id, at_ms FROM payments_before;
DROP TABLE payments_before;
CREATE INDEX payments_by_order ON payments (order_id);
CREATE INDEX payments_by_intent ON payments (payment_intent_id) WHERE payment_intent_id IS NOT NULL;
CREATE INDEX payments_by_time ON payments (at_ms);
CREATE TRIGGER payments_are_never_changed BEFORE UPDATE ON payments
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: payments_are_never_changed'); END;
CREATE TRIGGER payments_are_never_removed BEFORE DELETE ON payments
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: payments_are_never_removed'); END;

-- A guest's bank takes a payment back; Stripe's id is ours.
CREATE TABLE disputes (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  -- As Stripe says: needs_response, under_review, won, lost, warning_….
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- Evidence counts until then.
  answer_by_ms INTEGER,
  opened_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX disputes_by_order ON disputes (order_id);

-- One row: when the ledger was last compared with Stripe, and what came of it.
CREATE TABLE reconciliation (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- The start of the last comparison that went through to its end.
  checked_at_ms INTEGER,
  -- Nobody else compares before this moment; later after each failure.
  next_run_at_ms INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  failure TEXT,
  -- Objects of Stripe that were looked at, and what had been missed and was settled then, since ever.
  compared INTEGER NOT NULL DEFAULT 0,
  repaired_total INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO reconciliation (id, next_run_at_ms) VALUES (1, 0);

-- What still differs after the last comparison.
CREATE TABLE reconciliation_differences (
  stripe_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- NULL when it is not even known for which order.
  order_id TEXT REFERENCES orders (id),
  stripe_minor INTEGER NOT NULL,
  ledger_minor INTEGER NOT NULL,
  PRIMARY KEY (stripe_id, kind)
) STRICT;
