CREATE TABLE visits (at timestamptz NOT NULL DEFAULT now());
ALTER TABLE visits OWNER TO alive;
CREATE TABLE rooms AS SELECT generate_series(1, 41) AS room;
