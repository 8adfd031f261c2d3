-- compatible-from: 1
-- Which tips the checkout offers as buttons.

-- Whole percents of the amount before tax, rising, with a space between; empty: only a free amount is offered.
ALTER TABLE venue ADD COLUMN tip_percents TEXT NOT NULL DEFAULT '15 18 20'
  CONSTRAINT tip_percents_length CHECK (length(tip_percents) <= 20);
