-- compatible-from: 1
-- Photos: what is stored, by its content, and what shows it. A photo is noted here before its files are stored, so that
-- files which nothing shows can be found again without listing the storage.

CREATE TABLE photos (
  -- The first 32 hexadecimal digits of the SHA-256 of its files; their names begin with it.
  id TEXT PRIMARY KEY CONSTRAINT photo_id_is_a_hash CHECK (length(id) = 32),
  -- Of the largest file.
  width_px INTEGER NOT NULL CHECK (width_px BETWEEN 1 AND 9999),
  height_px INTEGER NOT NULL CHECK (height_px BETWEEN 1 AND 9999),
  -- JSON array, ascending: there is a WebP and a JPEG of each width.
  widths TEXT NOT NULL,
  -- A data URI of a few pixels. It is part of every menu, so it has to be small.
  placeholder TEXT NOT NULL CONSTRAINT photo_placeholder_is_small CHECK (length(placeholder) <= 1000),
  -- When it was uploaded, linked or unlinked last: what nothing shows is kept for a while from then on.
  touched_at_ms INTEGER NOT NULL,
  -- Its files are being deleted: it can't be shown any more.
  is_leaving INTEGER NOT NULL DEFAULT 0 CHECK (is_leaving IN (0, 1))
) STRICT;

CREATE INDEX photos_by_age ON photos (touched_at_ms);
CREATE INDEX photos_leaving ON photos (id) WHERE is_leaving = 1;

CREATE TABLE photo_links (
  -- One table for all that shows photos, so that one question tells whether a photo is still needed.
  subject_kind TEXT NOT NULL CONSTRAINT photo_subject_is_known CHECK (subject_kind IN ('item', 'event')),
  subject_id TEXT NOT NULL,
  photo_id TEXT NOT NULL REFERENCES photos (id),
  -- What is to be seen; empty while nobody has written it.
  alt TEXT NOT NULL DEFAULT '' CONSTRAINT photo_alt_length CHECK (length(alt) <= 200),
  linked_at_ms INTEGER NOT NULL,
  PRIMARY KEY (subject_kind, subject_id)
) STRICT;

CREATE INDEX photo_links_by_photo ON photo_links (photo_id);
