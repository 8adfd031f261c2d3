-- compatible-from: 1
-- Editing the menu: what waits in the draft, what was published when, and how to go back.

-- What is taken off for good keeps its row: orders and earlier versions of the menu name it.
ALTER TABLE modifier_groups ADD COLUMN archived_at_ms INTEGER;
ALTER TABLE modifier_options ADD COLUMN archived_at_ms INTEGER;

-- The one draft that all staff share: what is to be different, by thing. Nothing here is asked for a guest's menu.
CREATE TABLE menu_draft_changes (
  kind TEXT NOT NULL CONSTRAINT menu_draft_kind_is_known CHECK (kind IN ('category', 'group', 'option', 'item')),
  -- Of a thing that exists, or of one that publishing will make.
  subject_id TEXT NOT NULL,
  is_new INTEGER NOT NULL CHECK (is_new IN (0, 1)),
  -- JSON {field: {from, to}}: from is what was live when the field was first changed, so that a later change of the
  -- live menu can be told from none.
  fields TEXT NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  changed_at_ms INTEGER NOT NULL,
  PRIMARY KEY (kind, subject_id)
) STRICT;

-- Every publishing, live change and return to an earlier menu. Counts and what is sold out are no part of it: they are
-- facts of the evening, and going back must not bring a portion back.
CREATE TABLE menu_versions (
  number INTEGER PRIMARY KEY CONSTRAINT menu_version_number_counts_up CHECK (number > 0),
  at_ms INTEGER NOT NULL,
  staff_id TEXT REFERENCES staff (id),
  kind TEXT NOT NULL CONSTRAINT menu_version_kind_is_known CHECK (kind IN ('published', 'changed', 'reverted')),
  -- Which number it went back to; 0 is the menu before the first one.
  reverted_to INTEGER CONSTRAINT menu_version_goes_back CHECK ((kind = 'reverted') = (reverted_to IS NOT NULL)
    AND (reverted_to IS NULL OR reverted_to BETWEEN 0 AND number - 1)),
  -- The first cache version of the menu that has it: orders carry that number.
  menu_version INTEGER NOT NULL CHECK (menu_version > 0),
  -- JSON [{kind, id, isNew, fields: {field: {from, to}}}]: undone from the newest on, they lead to any earlier menu.
  changes TEXT NOT NULL
) STRICT;

CREATE TRIGGER menu_versions_are_never_changed BEFORE UPDATE ON menu_versions
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: menu_versions_are_never_changed'); END;
CREATE TRIGGER menu_versions_are_never_removed BEFORE DELETE ON menu_versions
BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: menu_versions_are_never_removed'); END;
