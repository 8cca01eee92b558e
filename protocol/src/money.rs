//! Money as minor units and an ISO 4217 code, never as a floating-point number.

use crate::digits;
use std::fmt;

/// An ISO 4217 alphabetic code: three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// The currencies ECommPay's WeChat page lists. Which of them a project may use is settled with ECommPay.
pub const WECHAT_CURRENCIES: [&str; 7] = ["CNY", "EUR", "HKD", "JPY", "SGD", "THB", "USD"];

impl Currency {
    /// Reads a code of three capital ASCII letters.
    pub fn parse(code: &str) -> Result<Self, MoneyError> {
        match code.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(MoneyError::Currency),
        }
    }

    /// The code, such as `EUR`.
    pub fn code(&self) -> &str {
        // Three ASCII letters by construction, so this is always the code itself.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals a minor unit stands for (ISO 4217): JPY none, the other six of WeChat's list two.
    pub fn decimals(&self) -> u32 {
        let is_in = |list: &[u8]| list.chunks(3).any(|code| code == self.0);
        if is_in(b"BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF") {
            0
        } else if is_in(b"BHDIQDJODKWDLYDOMRTND") {
            3
        } else {
            2
        }
    }

    /// Whether ECommPay's WeChat page lists this currency.
    pub fn is_wechat(&self) -> bool {
        WECHAT_CURRENCIES.contains(&self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A sum in minor units: 1840 EUR is €18.40, 100 JPY is ¥100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units of `currency`.
    pub amount: i64,
    /// What the minor units are of.
    pub currency: Currency,
}

impl Money {
    /// A sum of `amount` minor units.
    pub fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// The sum in major units as plain decimal text with a point, such as `18.40` or `100`.
    ///
    /// This is the fallback and the input for `Intl.NumberFormat`, not what a payer reads.
    pub fn to_decimal(&self) -> String {
        let decimals = self.currency.decimals() as usize;
        let sign = if self.amount < 0 { "-" } else { "" };
        let digits = digits(self.amount.unsigned_abs());
        if decimals == 0 {
            return [sign, &digits].concat();
        }
        let zeros = "0000".get(..(decimals + 1).saturating_sub(digits.len())).unwrap_or_default();
        let padded = [zeros, &digits].concat();
        let (major, minor) = padded.split_at(padded.len() - decimals);
        [sign, major, ".", minor].concat()
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_decimal())?;
        f.write_str(" ")?;
        f.write_str(self.currency.code())
    }
}

/// Why a sum was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MoneyError {
    /// The currency is not three capital letters.
    Currency,
    /// The amount is not a whole number of minor units.
    Amount,
}

impl MoneyError {
    /// A stable code for logs and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Currency => "currency-invalid",
            Self::Amount => "amount-invalid",
        }
    }
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Currency => "currency: three capital letters are expected (ISO 4217)",
            Self::Amount => "amount: a whole number of minor units is expected",
        })
    }
}

impl std::error::Error for MoneyError {}

#[cfg(feature = "json")]
mod json {
    use super::{Currency, Money};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    impl Serialize for Currency {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.code())
        }
    }

    impl<'de> Deserialize<'de> for Currency {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let code = String::deserialize(deserializer)?;
            Self::parse(&code).map_err(D::Error::custom)
        }
    }

    #[derive(Serialize, Deserialize)]
    struct Wire {
        #[serde(deserialize_with = "crate::lenient::integer")]
        amount: i64,
        currency: Currency,
    }

    impl Serialize for Money {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            Wire { amount: self.amount, currency: self.currency }.serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for Money {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Wire::deserialize(deserializer).map(|wire| Self::new(wire.amount, wire.currency))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: i64, code: &str) -> String {
        Money::new(amount, Currency::parse(code).unwrap()).to_decimal()
    }

    #[test]
    fn yen_has_no_decimals_and_the_other_wechat_currencies_have_two() {
        assert_eq!(money(100, "JPY"), "100");
        for code in WECHAT_CURRENCIES.iter().filter(|code| **code != "JPY") {
            assert_eq!(money(1840, code), "18.40");
        }
    }

    #[test]
    fn minor_units_are_those_of_iso_4217() {
        assert_eq!(money(12345, "RWF"), "12345");
        assert_eq!(money(12345, "XPF"), "12345");
        assert_eq!(money(12345, "KWD"), "12.345");
        // Three letters out of the middle of two codes are no code of the list.
        assert_eq!(money(12345, "IFC"), "123.45");
    }

    #[test]
    fn small_and_negative_sums_keep_their_zeros() {
        assert_eq!(money(5, "EUR"), "0.05");
        assert_eq!(money(0, "EUR"), "0.00");
        assert_eq!(money(-1205, "USD"), "-12.05");
        assert_eq!(money(i64::MIN, "CNY"), "-92233720368547758.08");
    }

    #[test]
    fn a_currency_is_three_capital_letters() {
        for bad in ["", "eur", "EU", "EURO", "E1R", "€€€"] {
            assert_eq!(Currency::parse(bad), Err(MoneyError::Currency), "{bad}");
        }
    }
}
