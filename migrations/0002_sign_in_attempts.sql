-- compatible-from: 2
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

ALTER TABLE staff DROP COLUMN failed_sign_ins;
ALTER TABLE staff DROP COLUMN locked_until_ms;
