CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
INSERT INTO threads VALUES (1, '/knee/', 'Knee');
INSERT INTO comments VALUES (1, 1, NULL, 1396778400, NULL, 1, '203.0.113.77', 'WORDS-KEPT-1 canary.person@private.example', 'canary.person@private.example', 'canary.person@private.example', 'https://gravatar.com/avatar/def1053b077636e155487e9fa6305d2a', 0, 0, x'00', 0);
INSERT INTO comments VALUES (1, 2, 1, 1396782000, NULL, 2, '2001:db8:ca::7', 'WORDS-KEPT-2 2001:db8:ca::7', NULL, 'canary.robin@private.example', NULL, 0, 0, '203.0.113.77', 0);
