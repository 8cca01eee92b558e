-- A payment may be made on the hosted Payment Page. Its request is then the signed config that a browser opens
-- the page with, and nothing is sent to Gate for it.
ALTER TABLE payments ADD COLUMN door TEXT NOT NULL DEFAULT 'gate' CHECK (door IN ('gate', 'payment_page'));
