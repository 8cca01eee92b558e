-- Times are milliseconds since 1970-01-01T00:00:00Z by this server's clock, sums are minor units.

-- One purchase of one payer. Payments come and go with each new code; the token stays.
CREATE TABLE checkouts (
    id           INTEGER PRIMARY KEY,
    token        TEXT    NOT NULL UNIQUE,
    amount       INTEGER NOT NULL CHECK (amount > 0),
    currency     TEXT    NOT NULL,
    description  TEXT    NOT NULL,
    items        TEXT    NOT NULL,
    customer     TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    revision     INTEGER NOT NULL,
    cancelled_at INTEGER,
    created_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX checkouts_by_state ON checkouts (state);

-- One payment at ECommPay, which takes ids that differ only in case for the same payment.
CREATE TABLE payments (
    id               TEXT    NOT NULL PRIMARY KEY COLLATE NOCASE,
    checkout_id      INTEGER NOT NULL REFERENCES checkouts (id),
    ordinal          INTEGER NOT NULL,
    request          TEXT    NOT NULL,
    sending          TEXT    NOT NULL CHECK (sending IN ('pending', 'accepted', 'refused')),
    attempts         INTEGER NOT NULL,
    send_at          INTEGER,
    request_id       TEXT,
    no_code_before   INTEGER NOT NULL,
    sale             TEXT    NOT NULL CHECK (sale IN ('open', 'held', 'declined', 'failed', 'paid')),
    told_at          INTEGER,
    body             TEXT,
    display_data     TEXT,
    code_deadline    INTEGER,
    received         INTEGER,
    paid_at          INTEGER,
    returns          TEXT    NOT NULL,
    ask_at           INTEGER,
    asked            INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    UNIQUE (checkout_id, ordinal)
) STRICT;

CREATE INDEX payments_to_send ON payments (send_at) WHERE send_at IS NOT NULL;
CREATE INDEX payments_to_ask ON payments (ask_at) WHERE ask_at IS NOT NULL;

-- What ECommPay said, as it said it. The digest tells a repeat from news under the same names.
CREATE TABLE callbacks (
    id               INTEGER PRIMARY KEY,
    payment_id       TEXT    NOT NULL COLLATE NOCASE REFERENCES payments (id),
    operation_id     TEXT    NOT NULL,
    operation_type   TEXT    NOT NULL,
    operation_status TEXT    NOT NULL,
    request_id       TEXT    NOT NULL,
    digest           TEXT    NOT NULL,
    source           TEXT    NOT NULL CHECK (source IN ('callback', 'answer')),
    body             TEXT    NOT NULL,
    received_at      INTEGER NOT NULL,
    UNIQUE (payment_id, operation_id, operation_status, request_id, digest)
) STRICT;

-- Checkouts whose payer paid twice: the operator gives one of the two back.
CREATE TABLE doubled (
    checkout_id    INTEGER NOT NULL REFERENCES checkouts (id),
    first_payment  TEXT    NOT NULL REFERENCES payments (id),
    second_payment TEXT    NOT NULL REFERENCES payments (id),
    noticed_at     INTEGER NOT NULL,
    PRIMARY KEY (first_payment, second_payment)
) STRICT;

-- What was asked for under an Idempotency-Key. The scope is empty for a new checkout, else a checkout's token.
CREATE TABLE idempotency (
    scope       TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    fingerprint TEXT    NOT NULL,
    checkout_id INTEGER NOT NULL REFERENCES checkouts (id),
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT;

CREATE INDEX idempotency_by_age ON idempotency (created_at);
CREATE INDEX payments_held ON payments (sale) WHERE sale = 'held';
