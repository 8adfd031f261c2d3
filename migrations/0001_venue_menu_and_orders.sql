-- compatible-from: 1
-- The ground: one venue, its menu, orders of three kinds of line, payments, emails and staff.
-- Units are in the names: _minor is whole minor units of the venue's currency, _at_ms is UTC milliseconds,
-- _millionths is a rate in millionths (8.25 % is 82500). Booleans are 0 or 1.

-- One row: there is one venue.
CREATE TABLE venue (
  id INTEGER PRIMARY KEY CONSTRAINT venue_is_one CHECK (id = 1),
  name TEXT NOT NULL,
  tagline TEXT NOT NULL DEFAULT '',
  street TEXT NOT NULL,
  city TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL,
  currency TEXT NOT NULL CONSTRAINT venue_currency_is_iso CHECK (length(currency) = 3),
  time_zone TEXT NOT NULL,
  -- Minutes after local midnight at which a business day ends: Friday's late bar belongs to Friday.
  day_ends_minute INTEGER NOT NULL DEFAULT 240 CHECK (day_ends_minute BETWEEN 0 AND 1439),
  -- Shown beside the pickup choice until the queue itself gives a promise.
  prep_minutes INTEGER NOT NULL DEFAULT 12 CHECK (prep_minutes BETWEEN 1 AND 240)
) STRICT;

-- Weekday 1 is Monday. closes_minute may pass 1440: Friday 18:00 to 02:00 is 1080 to 1560.
CREATE TABLE opening_hours (
  id TEXT PRIMARY KEY,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  opens_minute INTEGER NOT NULL CHECK (opens_minute BETWEEN 0 AND 1439),
  closes_minute INTEGER NOT NULL,
  CONSTRAINT opening_hours_close_after_open CHECK (closes_minute > opens_minute AND closes_minute <= opens_minute + 1440)
) STRICT;

-- Moves inside the transaction of the write that it announces; see CacheVersionRepository.
CREATE TABLE cache_versions (
  name TEXT PRIMARY KEY,
  version INTEGER NOT NULL CHECK (version > 0),
  updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE tax_classes (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- The same coffee may be taxed differently at the table and to take away.
CREATE TABLE tax_rates (
  tax_class_id TEXT NOT NULL REFERENCES tax_classes (id),
  fulfilment TEXT NOT NULL CHECK (fulfilment IN ('pickup', 'dineIn')),
  name TEXT NOT NULL,
  rate_millionths INTEGER NOT NULL CHECK (rate_millionths BETWEEN 0 AND 1000000),
  is_inclusive INTEGER NOT NULL DEFAULT 0 CHECK (is_inclusive IN (0, 1)),
  PRIMARY KEY (tax_class_id, fulfilment)
) STRICT;

CREATE TABLE menu_categories (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 90),
  description TEXT NOT NULL DEFAULT '',
  -- Which drawing stands in for a photo.
  drawing TEXT NOT NULL DEFAULT 'cup',
  position INTEGER NOT NULL,
  archived_at_ms INTEGER
) STRICT;

CREATE TABLE menu_items (
  id TEXT PRIMARY KEY,
  category_id TEXT NOT NULL REFERENCES menu_categories (id),
  name TEXT NOT NULL CONSTRAINT menu_item_name_length CHECK (length(name) BETWEEN 1 AND 90),
  description TEXT NOT NULL DEFAULT '' CONSTRAINT menu_item_description_length CHECK (length(description) <= 500),
  price_minor INTEGER NOT NULL CONSTRAINT menu_item_price_range CHECK (price_minor BETWEEN 0 AND 100000000),
  tax_class_id TEXT NOT NULL REFERENCES tax_classes (id),
  -- Empty: the category's drawing.
  drawing TEXT NOT NULL DEFAULT '',
  -- JSON arrays of words, so that a new diet needs no migration.
  dietary TEXT NOT NULL DEFAULT '[]',
  allergens TEXT NOT NULL DEFAULT '[]',
  prep_seconds INTEGER NOT NULL DEFAULT 60 CHECK (prep_seconds BETWEEN 0 AND 14400),
  station TEXT NOT NULL DEFAULT 'bar',
  -- NULL: not counted. Never under zero: the claim of the last portion is this CHECK's business too.
  stock_count INTEGER CONSTRAINT menu_item_stock_is_there CHECK (stock_count >= 0),
  is_sold_out INTEGER NOT NULL DEFAULT 0 CHECK (is_sold_out IN (0, 1)),
  -- When a sold-out item returns by itself; NULL is until somebody says so.
  sold_out_until_ms INTEGER,
  position INTEGER NOT NULL,
  archived_at_ms INTEGER
) STRICT;
CREATE INDEX menu_items_by_category ON menu_items (category_id, position);

CREATE TABLE modifier_groups (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 90),
  min_choices INTEGER NOT NULL CHECK (min_choices >= 0),
  max_choices INTEGER NOT NULL,
  CONSTRAINT modifier_group_range CHECK (max_choices >= 1 AND max_choices >= min_choices AND max_choices <= 50)
) STRICT;

CREATE TABLE modifier_options (
  id TEXT PRIMARY KEY,
  group_id TEXT NOT NULL REFERENCES modifier_groups (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 90),
  price_minor INTEGER NOT NULL DEFAULT 0 CHECK (price_minor BETWEEN 0 AND 100000000),
  max_quantity INTEGER NOT NULL DEFAULT 1 CHECK (max_quantity BETWEEN 1 AND 20),
  is_sold_out INTEGER NOT NULL DEFAULT 0 CHECK (is_sold_out IN (0, 1)),
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX modifier_options_by_group ON modifier_options (group_id, position);

-- Groups are linked, not copied: a new milk is added once.
CREATE TABLE menu_item_modifier_groups (
  item_id TEXT NOT NULL REFERENCES menu_items (id),
  group_id TEXT NOT NULL REFERENCES modifier_groups (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (item_id, group_id)
) STRICT;

CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  -- Given at 'paid', counted per business day, so that none is skipped.
  number INTEGER,
  business_date TEXT,
  status TEXT NOT NULL CONSTRAINT order_status_is_known CHECK (status IN
    ('awaitingPayment', 'paid', 'preparing', 'ready', 'completed', 'expired', 'cancelled')),
  -- NULL for tickets and memberships alone: nothing is handed over a counter.
  fulfilment TEXT CHECK (fulfilment IN ('pickup', 'dineIn')),
  -- When a guest wants it; NULL is as soon as possible.
  wanted_at_ms INTEGER,
  -- What the guest was told; counts from payment.
  promised_at_ms INTEGER,
  table_name TEXT,
  contact_name TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  contact_phone TEXT,
  -- Lowercase name, for a search by its beginning that an index answers.
  search_name TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  subtotal_minor INTEGER NOT NULL CHECK (subtotal_minor >= 0),
  discount_minor INTEGER NOT NULL CHECK (discount_minor >= 0),
  -- Tax on top of the prices, and the part of inclusive tax that the prices hold already.
  tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
  included_tax_minor INTEGER NOT NULL DEFAULT 0 CHECK (included_tax_minor >= 0),
  tip_minor INTEGER NOT NULL CHECK (tip_minor >= 0),
  total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
  -- JSON: every step from the menu's price to the total, as it was shown, with the rounding rule.
  derivation TEXT NOT NULL,
  menu_version INTEGER NOT NULL,
  -- SHA-256 of the token in the guest's link.
  token_hash TEXT NOT NULL,
  -- What has been reserved is given back after this moment if nobody paid.
  hold_expires_at_ms INTEGER,
  placed_at_ms INTEGER NOT NULL,
  paid_at_ms INTEGER,
  changed_at_ms INTEGER NOT NULL,
  CONSTRAINT order_total_adds_up CHECK (total_minor = subtotal_minor - discount_minor + tax_minor + tip_minor),
  CONSTRAINT order_number_is_unique UNIQUE (business_date, number)
) STRICT;
CREATE INDEX orders_by_time ON orders (placed_at_ms, id);
CREATE INDEX orders_by_status ON orders (status, placed_at_ms, id);
CREATE INDEX orders_by_day ON orders (business_date, placed_at_ms, id);
CREATE INDEX orders_by_name ON orders (search_name, placed_at_ms);
CREATE INDEX orders_by_email ON orders (contact_email, placed_at_ms);
CREATE INDEX orders_by_number ON orders (number, placed_at_ms);
-- The board reads only what is open, whatever the age of the venue.
CREATE INDEX orders_open ON orders (paid_at_ms) WHERE status IN ('paid', 'preparing', 'ready');
CREATE INDEX orders_held ON orders (hold_expires_at_ms) WHERE status = 'awaitingPayment';

CREATE TABLE order_lines (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('item', 'ticket', 'membership')),
  -- The thing sold: an item, a ticket type or a plan, by kind.
  subject_id TEXT NOT NULL,
  name TEXT NOT NULL,
  quantity INTEGER NOT NULL CONSTRAINT order_line_quantity_range CHECK (quantity BETWEEN 1 AND 1000),
  -- With the options.
  unit_price_minor INTEGER NOT NULL CHECK (unit_price_minor >= 0),
  -- JSON [{id, group, name, quantity, priceMinor}] as chosen and priced then.
  options TEXT NOT NULL DEFAULT '[]',
  note TEXT NOT NULL DEFAULT '',
  station TEXT NOT NULL DEFAULT '',
  prep_seconds INTEGER NOT NULL DEFAULT 0,
  gross_minor INTEGER NOT NULL CHECK (gross_minor >= 0),
  discount_minor INTEGER NOT NULL DEFAULT 0 CHECK (discount_minor >= 0),
  tax_name TEXT NOT NULL DEFAULT '',
  tax_rate_millionths INTEGER NOT NULL DEFAULT 0,
  is_tax_inclusive INTEGER NOT NULL DEFAULT 0 CHECK (is_tax_inclusive IN (0, 1)),
  tax_minor INTEGER NOT NULL DEFAULT 0 CHECK (tax_minor >= 0),
  -- How many were taken from a counted stock and go back if the hold ends.
  reserved_stock INTEGER NOT NULL DEFAULT 0 CHECK (reserved_stock BETWEEN 0 AND quantity),
  CONSTRAINT order_line_gross_adds_up CHECK (gross_minor = unit_price_minor * quantity),
  UNIQUE (order_id, position)
) STRICT;

-- The last number given on each business day.
CREATE TABLE order_numbers (
  business_date TEXT PRIMARY KEY,
  last_number INTEGER NOT NULL CHECK (last_number > 0)
) STRICT;

-- What happened to an order, by whom and when: the timeline of the guest's and the staff's page.
CREATE TABLE order_events (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  -- 1, 2, 3 within the order: two things may happen in one millisecond.
  position INTEGER NOT NULL CHECK (position > 0),
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor IN ('guest', 'staff', 'system', 'stripe')),
  staff_id TEXT REFERENCES staff (id),
  -- JSON, by kind.
  detail TEXT NOT NULL DEFAULT '{}',
  UNIQUE (order_id, position)
) STRICT;

-- A repeated request with the same key gets the same answer; with another body it is refused.
CREATE TABLE idempotency_keys (
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  -- SHA-256 of the body.
  body_hash TEXT NOT NULL,
  -- What the first request made.
  subject_id TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (scope, key)
) STRICT;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at_ms);

-- One Stripe Checkout Session a row. Written as 'pending' before Stripe is asked; its id is the idempotency key there.
CREATE TABLE checkout_sessions (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  state TEXT NOT NULL CHECK (state IN ('pending', 'open', 'paid', 'expired', 'failed')),
  stripe_id TEXT UNIQUE,
  url TEXT,
  -- The guest's own link: where Stripe sends the guest back to.
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  currency TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  settled_at_ms INTEGER,
  CONSTRAINT checkout_session_open_has_stripe_id CHECK (state IN ('pending', 'expired', 'failed') OR stripe_id IS NOT NULL)
) STRICT;
CREATE INDEX checkout_sessions_by_order ON checkout_sessions (order_id);

-- The ledger of money that moved: charges positive, refunds and disputes negative. Rows are never changed.
CREATE TABLE payments (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  kind TEXT NOT NULL CHECK (kind IN ('charge', 'refund', 'dispute', 'disputeReversal')),
  amount_minor INTEGER NOT NULL CONSTRAINT payment_sign CHECK
    ((kind IN ('charge', 'disputeReversal') AND amount_minor > 0) OR (kind IN ('refund', 'dispute') AND amount_minor < 0)),
  currency TEXT NOT NULL,
  -- The Checkout Session, refund or dispute at Stripe: each counts once, whoever reports it first.
  stripe_id TEXT NOT NULL UNIQUE,
  payment_intent_id TEXT,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX payments_by_order ON payments (order_id);
CREATE TRIGGER payments_are_never_changed BEFORE UPDATE ON payments
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: payments_are_never_changed'); END;
CREATE TRIGGER payments_are_never_removed BEFORE DELETE ON payments
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: payments_are_never_removed'); END;

-- A refund is asked of Stripe outside of any transaction: 'pending' with the id as idempotency key, then settled.
CREATE TABLE refunds (
  id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES orders (id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'succeeded', 'failed')),
  payment_intent_id TEXT NOT NULL,
  stripe_id TEXT UNIQUE,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at_ms INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  settled_at_ms INTEGER
) STRICT;
CREATE INDEX refunds_by_order ON refunds (order_id);
CREATE INDEX refunds_pending ON refunds (next_attempt_at_ms) WHERE state = 'pending';

-- The inbox: an event counts once, for good.
CREATE TABLE stripe_events (
  id TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  outcome TEXT NOT NULL,
  received_at_ms INTEGER NOT NULL
) STRICT;

-- The outbox: a row is written in the transaction of what it tells about, and sent afterwards.
CREATE TABLE emails (
  id TEXT PRIMARY KEY,
  template TEXT NOT NULL,
  to_address TEXT NOT NULL,
  -- JSON: the template's values.
  data TEXT NOT NULL,
  order_id TEXT REFERENCES orders (id),
  idempotency_key TEXT UNIQUE,
  -- SHA-256 of what was asked for under the key.
  body_hash TEXT,
  -- 'sending' is marked before SES is called: a crash can repeat one message, and only that one.
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at_ms INTEGER NOT NULL,
  provider_id TEXT,
  last_error TEXT,
  created_at_ms INTEGER NOT NULL,
  sent_at_ms INTEGER
) STRICT;
CREATE INDEX emails_due ON emails (next_attempt_at_ms) WHERE state IN ('queued', 'sending');
CREATE INDEX emails_by_order ON emails (order_id) WHERE order_id IS NOT NULL;

-- The staff site's own outbox: calls of the customer service's /api/send-email that must survive its absence.
CREATE TABLE email_calls (
  id TEXT PRIMARY KEY,
  -- JSON: the body of the call, without its idempotency key, which is the id.
  body TEXT NOT NULL,
  order_id TEXT REFERENCES orders (id),
  staff_id TEXT NOT NULL REFERENCES staff (id),
  state TEXT NOT NULL CHECK (state IN ('queued', 'delivered', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at_ms INTEGER NOT NULL,
  -- The id that the customer service gave the message.
  email_id TEXT,
  last_error TEXT,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX email_calls_due ON email_calls (next_attempt_at_ms) WHERE state = 'queued';
CREATE INDEX email_calls_by_order ON email_calls (order_id) WHERE order_id IS NOT NULL;

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'staff', 'kitchen', 'door')),
  -- scrypt with its parameters; see PasswordHash.
  password_hash TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;

CREATE TABLE staff_sessions (
  -- SHA-256 of the cookie's token.
  token_hash TEXT PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff (id),
  user_agent TEXT NOT NULL DEFAULT '',
  created_at_ms INTEGER NOT NULL,
  last_seen_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);

-- Sign-in attempts are counted by what was typed and by where it came from, so that an unknown account is counted
-- like a known one and the answer tells nothing about which exist.

CREATE TABLE sign_in_attempts (
  -- What is counted: 'staff.account' or 'staff.client'.
  scope TEXT NOT NULL,
  -- SHA-256 of the address that was typed, or the network address of the client.
  subject TEXT NOT NULL,
  -- Since the last success or a day of quiet.
  attempts INTEGER NOT NULL CHECK (attempts > 0),
  last_at_ms INTEGER NOT NULL,
  -- Further attempts are refused until then; longer each time, never for good.
  blocked_until_ms INTEGER NOT NULL,
  PRIMARY KEY (scope, subject)
) STRICT;
CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (last_at_ms);

-- Everything staff do to money, prices, people and settings, with the difference. Rows are never changed.
CREATE TABLE action_log (
  id TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  -- Past tense: menu.item_changed, order.cancelled.
  action TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  -- JSON {field: {from, to}}.
  difference TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX action_log_by_time ON action_log (at_ms, id);
CREATE INDEX action_log_by_subject ON action_log (subject_id, at_ms);
CREATE TRIGGER action_log_is_never_changed BEFORE UPDATE ON action_log
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: action_log_is_never_changed'); END;
CREATE TRIGGER action_log_is_never_removed BEFORE DELETE ON action_log
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: action_log_is_never_removed'); END;
