CREATE TABLE visits (at timestamptz NOT NULL DEFAULT now());
ALTER TABLE visits OWNER TO alive;
INSERT INTO visits SELECT now() FROM generate_series(1, 41);
