//! What the payer has chosen.

use super::catalogue::Catalogue;
use protocol::money::{Currency, Money};

/// The most of one good.
pub(super) const MOST: u32 = 99;

/// Goods and how many of each, and under which key they are ordered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Basket {
    lines: Vec<(String, u32)>,
    currency: Option<Currency>,
    /// The same for each try to order the same, so that it is ordered once.
    key: Option<String>,
}

impl Basket {
    pub(super) fn quantity(&self, sku: &str) -> u32 {
        self.lines.iter().find(|(known, _)| known == sku).map_or(0, |(_, quantity)| *quantity)
    }

    pub(super) fn set(&mut self, sku: &str, quantity: u32) {
        let quantity = quantity.min(MOST);
        match self.lines.iter_mut().find(|(known, _)| known == sku) {
            Some((_, known)) => *known = quantity,
            None => self.lines.push((sku.to_owned(), quantity)),
        }
        self.key = None;
    }

    pub(super) fn currency(&self) -> Option<Currency> {
        self.currency
    }

    pub(super) fn pay_in(&mut self, currency: Currency) {
        self.currency = Some(currency);
        self.key = None;
    }

    /// The lines that are bought.
    pub(super) fn bought(&self) -> impl Iterator<Item = (&str, u32)> {
        self.lines.iter().filter(|(_, quantity)| *quantity > 0).map(|(sku, quantity)| (sku.as_str(), *quantity))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bought().next().is_none()
    }

    /// What it costs, as far as the page can tell: what counts is what the shop's backend charges.
    pub(super) fn total(&self, catalogue: &Catalogue) -> Option<Money> {
        let currency = self.currency?;
        let cost = |(sku, quantity): (&str, u32)| {
            let good = catalogue.goods.iter().find(|good| good.sku == sku)?;
            good.price(currency)?.amount.checked_mul(i64::from(quantity))
        };
        let amount = self.bought().map(cost).try_fold(0i64, |sum, cost| sum.checked_add(cost?))?;
        Some(Money::new(amount, currency))
    }

    /// The key to order under, `fresh` if there is none yet.
    pub(super) fn key(&mut self, fresh: impl FnOnce() -> String) -> String {
        self.key.get_or_insert_with(fresh).clone()
    }

    /// The order was taken: the same once more is another order.
    pub(super) fn ordered(&mut self) {
        self.key = None;
    }
}
