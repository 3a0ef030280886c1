-- What a database of schema 5 may hold beside that of 4. Never changed once released.
INSERT INTO setting (name, value) VALUES ('demonstration', '20260101');
