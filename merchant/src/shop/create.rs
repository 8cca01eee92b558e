//! A new checkout.

use std::net::IpAddr;

use protocol::gate::Customer;

use super::Shop;
use super::page::Page;
use super::payment_id::{NoName, free_payment_id};
use super::sale::SaleError;
use crate::checkout::{Checkout, Payment};
use crate::order::Order;
use crate::store::{IdempotencyKey, Known, NewCheckout, NewPayment, StoreError};
use crate::token::{NoRandomness, Token, random_hex};

/// A checkout that is to be made.
#[derive(Debug)]
pub(crate) struct Creation {
    pub(crate) order: Order,
    /// Where the payer's browser is.
    pub(crate) ip: IpAddr,
    /// The browser's name for it, and all that it asked for under this name.
    pub(crate) key: Option<(IdempotencyKey, String)>,
}

/// A checkout that was made.
#[derive(Debug)]
pub(crate) struct Created {
    pub(crate) checkout: Checkout,
    /// Whether it was made just now, and not under the same key before.
    pub(crate) fresh: bool,
}

/// Why no checkout was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum CreateError {
    /// The key was used for another checkout.
    #[error("this Idempotency-Key was used for another purchase")]
    KeyReused,
    /// Its payment cannot be asked for.
    #[error(transparent)]
    Sale(#[from] SaleError),
    /// It cannot be named.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// Its payment cannot be named.
    #[error(transparent)]
    NoName(#[from] NoName),
    /// It cannot be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Shop {
    /// Stores a checkout with a payment for each way to pay it, and has the one for a code sent.
    pub(crate) async fn create(&self, creation: Creation) -> Result<Created, CreateError> {
        let Creation { order, ip, key } = creation;
        let mut customer = Customer::new(format!("guest-{}", random_hex()?), ip.to_canonical().to_string());
        customer.email = order.contact.email;
        customer.phone = order.contact.phone;
        let token = Token::random()?;
        let mut write = self.store.write().await?;
        let now = self.now();
        if let Some((key, asked_for)) = &key {
            match write.known("", key, asked_for, now).await? {
                Known::New => {}
                Known::Other => return Err(CreateError::KeyReused),
                Known::Repeat(id) => {
                    let checkout = write.checkout_by_id(id).await?.ok_or(StoreError::Corrupt("checkout"))?;
                    return Ok(Created { checkout, fresh: false });
                }
            }
        }
        let new = NewCheckout {
            token: &token,
            sum: order.sum,
            description: &order.description,
            items: &order.items,
            customer: &customer,
            created_at: now,
        };
        let id = write.insert_checkout(new).await?;
        if order.method.has_code() {
            let payment_id = free_payment_id(&mut write).await?;
            let request = self.sale(&payment_id, &customer, order.sum, &order.description)?;
            let payment = Payment::new(payment_id, now);
            write.insert_payment(NewPayment { checkout: id, payment: &payment, request: &request }).await?;
            tracing::info!(checkout = %token, payment = %payment.id, sum = %order.sum, "a code was asked for");
        }
        if order.method.has_page() {
            let payment_id = free_payment_id(&mut write).await?;
            let return_url = order.return_url.map(|url| url.of_checkout(token.as_str()));
            let page = Page {
                customer: &customer,
                sum: order.sum,
                description: &order.description,
                language: order.language.as_deref(),
                return_url: return_url.as_deref(),
            };
            let config = self.page(&payment_id, page, now)?;
            let payment = Payment::hosted(payment_id, config.clone(), now, &self.timing);
            write.insert_payment(NewPayment { checkout: id, payment: &payment, request: &config }).await?;
            tracing::info!(checkout = %token, payment = %payment.id, sum = %order.sum, "a hosted page was offered");
        }
        if let Some((key, asked_for)) = &key {
            write.remember("", key, asked_for, id, now).await?;
        }
        let changes = self.feed.watch(id);
        write.commit().await?;

        self.sales_due.notify_one();
        let checkout = self.await_acknowledgement(id, changes).await?.ok_or(StoreError::Corrupt("checkout"))?;
        Ok(Created { checkout, fresh: true })
    }
}
