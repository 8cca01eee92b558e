//! The ways to pay that a checkout offers.

use serde_json::Value;

use crate::order::OrderError;

/// The ways to pay that a checkout offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// A code in the shop's own page.
    #[default]
    Gate,
    /// The hosted Payment Page.
    PaymentPage,
    /// A code, and beside it the hosted page: somebody who reads on the phone cannot scan its own screen.
    Both,
}

impl Method {
    /// Reads the member `method` of an order; without one a code is meant.
    pub fn read(method: Option<&Value>) -> Result<Self, OrderError> {
        match method.map(Value::as_str) {
            None | Some(Some("gate")) => Ok(Self::Gate),
            Some(Some("payment_page")) => Ok(Self::PaymentPage),
            Some(Some("both")) => Ok(Self::Both),
            Some(_) => Err(OrderError::Method),
        }
    }

    /// Whether there is a code.
    pub fn has_code(self) -> bool {
        matches!(self, Self::Gate | Self::Both)
    }

    /// Whether there is a hosted page.
    pub fn has_page(self) -> bool {
        matches!(self, Self::PaymentPage | Self::Both)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_way_is_called_by_its_name_and_there_are_no_others() {
        assert_eq!(Method::read(None), Ok(Method::Gate));
        let read = |text: &str| Method::read(Some(&json!(text)));
        assert_eq!(read("gate"), Ok(Method::Gate));
        assert_eq!(read("payment_page"), Ok(Method::PaymentPage));
        assert_eq!(read("both"), Ok(Method::Both));
        assert_eq!(read("cash"), Err(OrderError::Method));
        assert_eq!(Method::read(Some(&json!(null))), Err(OrderError::Method));
    }
}
