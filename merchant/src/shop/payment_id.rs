//! A new payment's name.

use protocol::gate::{Invalid, PaymentId};

use crate::store::{StoreError, Write};
use crate::token::{NoRandomness, random_payment_id};

/// Why a payment cannot be named.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum NoName {
    /// The operating system does not help.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// ECommPay would not take the name.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Every name that was tried is taken, which does not happen by chance.
    #[error("every name that was tried is taken")]
    AllTaken,
    /// It cannot be seen whether a name is free.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Even the second name is needed once in a million million payments.
const TRIES: usize = 8;

/// A name that no payment has. It stays free until `write` is done: nobody else writes meanwhile.
pub(super) async fn free_payment_id(write: &mut Write) -> Result<PaymentId, NoName> {
    first_free(write, random_payment_id).await
}

async fn first_free(
    write: &mut Write,
    mut name: impl FnMut() -> Result<String, NoRandomness>,
) -> Result<PaymentId, NoName> {
    for _ in 0..TRIES {
        let id = PaymentId::new(name()?)?;
        if !write.has_payment(&id).await? {
            return Ok(id);
        }
    }
    Err(NoName::AllTaken)
}

#[cfg(test)]
mod tests {
    use protocol::date::UnixMillis;
    use protocol::gate::Customer;
    use protocol::money::{Currency, Money};
    use serde_json::json;

    use super::*;
    use crate::checkout::Payment;
    use crate::store::{NewCheckout, NewPayment, Store};
    use crate::token::Token;

    #[tokio::test]
    async fn a_name_that_is_taken_however_it_is_capitalised_is_not_given_again() {
        let path = std::env::temp_dir().join(format!("payment-id-{}.db", std::process::id()));
        let store = Store::open(&path).await.unwrap();
        let mut write = store.write().await.unwrap();
        let now = UnixMillis(1);
        let new = NewCheckout {
            token: &Token::random().unwrap(),
            sum: Money::new(1, Currency::parse("EUR").unwrap()),
            description: "tea",
            items: &json!([]),
            customer: &Customer::new("c", "192.0.2.1"),
            created_at: now,
        };
        let checkout = write.insert_checkout(new).await.unwrap();
        let payment = Payment::new(PaymentId::new("WX-7K3M9Q2T4A0B").unwrap(), now);
        write.insert_payment(NewPayment { checkout, payment: &payment, request: &json!({}) }).await.unwrap();

        let mut names = ["wx-7k3m9q2t4a0b", "WX-7K3M9Q2T4A0B", "WX-000000000000", "WX-111111111111"].into_iter();
        let free = first_free(&mut write, || Ok(names.next().unwrap().to_owned())).await.unwrap();
        assert_eq!(free.as_str(), "WX-000000000000");
        let taken = first_free(&mut write, || Ok("WX-7K3M9Q2T4A0B".to_owned())).await;
        assert!(matches!(taken, Err(NoName::AllTaken)), "{taken:?}");

        drop(write);
        store.close().await;
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", path.display()));
        }
    }
}
