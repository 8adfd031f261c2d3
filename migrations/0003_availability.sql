-- compatible-from: 1
-- The ground of what follows.
SELECT 1;
