-- compatible-from: 1
-- What each refund is made of, so that price, discounts, tax and tip of a day can be told net of what went back.

-- What a refund's portions were worth of the line's discount and tax. Portions of a refund that failed can go back again,
-- so what is left of a line is read from these, not reckoned from how many went back. NULL: written before this.
ALTER TABLE refund_lines ADD COLUMN discount_minor INTEGER CHECK (discount_minor >= 0);
ALTER TABLE refund_lines ADD COLUMN tax_minor INTEGER CHECK (tax_minor >= 0);

-- The sums of refund_parts. NULL: not known yet; a refund that is written by an earlier program gets them with the next
-- change of its order.
ALTER TABLE refunds ADD COLUMN gross_minor INTEGER CHECK (gross_minor >= 0);
ALTER TABLE refunds ADD COLUMN discount_minor INTEGER CHECK (discount_minor >= 0);
-- Tax on top of the prices, and tax that the prices hold.
ALTER TABLE refunds ADD COLUMN included_tax_minor INTEGER CHECK (included_tax_minor >= 0);
ALTER TABLE refunds ADD COLUMN tax_minor INTEGER CONSTRAINT refund_parts_add_up CHECK (gross_minor IS NULL
  OR (tax_minor >= 0 AND amount_minor = gross_minor - discount_minor + tax_minor + tip_minor));

-- The part of a refund under one rate of tax.
CREATE TABLE refund_parts (
  refund_id TEXT NOT NULL REFERENCES refunds (id),
  tax_name TEXT NOT NULL,
  rate_millionths INTEGER NOT NULL,
  is_inclusive INTEGER NOT NULL CHECK (is_inclusive IN (0, 1)),
  gross_minor INTEGER NOT NULL CHECK (gross_minor >= 0),
  discount_minor INTEGER NOT NULL CHECK (discount_minor BETWEEN 0 AND gross_minor),
  -- On top of the price, or in it.
  tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
  PRIMARY KEY (refund_id, tax_name, rate_millionths, is_inclusive)
) STRICT;

-- A refund that failed is somebody's work until it is made good: by another refund, or in another way that staff note.
ALTER TABLE refunds ADD COLUMN handled_at_ms INTEGER;
CREATE INDEX refunds_failed ON refunds (order_id) WHERE state = 'failed' AND handled_at_ms IS NULL;
