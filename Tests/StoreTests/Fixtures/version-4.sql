-- What a database of schema 4 may hold beside that of 3. Never changed once released.
INSERT INTO setting (name, value) VALUES ('demonstration', '20260101');
