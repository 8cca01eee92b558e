//! What ECommPay wants to know about the payer before it goes on.
//!
//! UNCONFIRMED which of the two published shapes WeChat uses, so both are read: a list
//! (`{"avs_data":["avs_post_code"]}`) and a JSON-schema-like object
//! (`{"customer":{"properties":{"email":{…}},"required":["email"],"errors":[…]}}`).

use crate::code::neutral;
use crate::node::Node;

/// One value the payer is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClarificationField {
    /// The object it belongs to, such as `customer`.
    pub object: String,
    /// Its name in that object, such as `email`.
    pub name: String,
    /// Whether the platform insists.
    pub required: bool,
    /// The most characters, where the platform says.
    pub max_length: Option<u32>,
    /// What was wrong with the last answer, as the platform put it.
    pub error: Option<String>,
}

/// The most fields that are asked at once.
const MAX_FIELDS: usize = 32;

impl ClarificationField {
    /// Reads `clarification_fields` in either shape. Fields that cannot be read are left out.
    pub fn read_all<N: Node>(fields: &N) -> Vec<Self> {
        let mut all = Vec::new();
        for object in fields.names(MAX_FIELDS).unwrap_or_default() {
            let Some(wanted) = fields.member(&object) else { continue };
            match wanted.elements(MAX_FIELDS) {
                Some(names) => all.extend(names.iter().filter_map(|name| {
                    Some(Self {
                        object: object.clone(),
                        name: name.to_text()?,
                        required: true,
                        max_length: None,
                        error: None,
                    })
                })),
                None => read_schema(&object, &wanted, &mut all),
            }
        }
        all.truncate(MAX_FIELDS);
        all
    }

    /// The path of the value, such as `customer.email`.
    pub fn path(&self) -> String {
        [&self.object, ".", &self.name].concat()
    }
}

fn read_schema<N: Node>(object: &str, schema: &N, all: &mut Vec<ClarificationField>) {
    let Some(properties) = schema.member("properties") else { return };
    let texts = |member: &str| schema.member(member).and_then(|list| list.elements(MAX_FIELDS)).unwrap_or_default();
    let required: Vec<String> = texts("required").iter().filter_map(Node::to_text).collect();
    let errors: Vec<(String, String)> = texts("errors")
        .iter()
        .filter_map(|error| Some((error.member("property")?.to_text()?, error.member("message")?.to_text()?)))
        .collect();
    for name in properties.names(MAX_FIELDS).unwrap_or_default() {
        let rules = properties.member(&name);
        let path = [object, ".", &name].concat();
        all.push(ClarificationField {
            object: object.to_owned(),
            required: required.contains(&name),
            max_length: rules
                .and_then(|rules| rules.member("maxLength")?.to_number())
                .filter(|length| (1.0..=10_000.0).contains(length))
                .map(|length| length as u32),
            error: errors
                .iter()
                .find(|(property, _)| *property == path || *property == name)
                .map(|(_, message)| neutral(message, 200)),
            name,
        });
    }
}

#[cfg(all(test, feature = "json"))]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_list_of_names_is_read() {
        let fields = ClarificationField::read_all(&json!({"avs_data": ["avs_post_code", "avs_street_address"]}));
        assert_eq!(
            fields.iter().map(ClarificationField::path).collect::<Vec<_>>(),
            ["avs_data.avs_post_code", "avs_data.avs_street_address"]
        );
        assert!(fields.iter().all(|field| field.required));
    }

    #[test]
    fn a_schema_is_read_with_its_limits_and_errors() {
        let fields = ClarificationField::read_all(&json!({"customer": {"type": "object",
            "properties": {"email": {"type": "string", "maxLength": 255}, "phone": {"type": "string"}},
            "required": ["email"], "errors": [{"property": "customer.email", "message": "required", "constraint": "required"}]}}));
        assert_eq!(fields.len(), 2);
        let email = fields.iter().find(|field| field.name == "email").unwrap();
        assert_eq!((email.required, email.max_length, email.error.as_deref()), (true, Some(255), Some("required")));
        assert!(!fields.iter().find(|field| field.name == "phone").unwrap().required);
    }

    #[test]
    fn nonsense_asks_for_nothing() {
        for nonsense in [json!(null), json!([]), json!({"a": 1}), json!({"a": [1.5, {}]})] {
            assert!(ClarificationField::read_all(&nonsense).iter().all(|field| field.name == "1.5"));
        }
    }
}
