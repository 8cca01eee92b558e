//! Every published signature, and our own for WeChat's messages, comes out of our code.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, reason = "a helper of a test may fail like the test itself")]

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use wechat_checkout_protocol::sign::{self, SecretKey, SignatureError, SortOrder};

#[derive(Deserialize)]
struct Vector {
    name: String,
    secret: String,
    data: Value,
    string_to_sign: String,
    signature: String,
}

fn vectors() -> Vec<Vector> {
    serde_json::from_str(include_str!("data/signature-vectors.json")).unwrap()
}

#[test]
fn every_vector_gives_its_string_and_its_signature() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 23);
    for vector in vectors {
        let key = SecretKey::new(&*vector.secret).unwrap();
        assert_eq!(sign::string_to_sign(&vector.data), vector.string_to_sign, "{}", vector.name);
        assert_eq!(sign::sign(&vector.data, &key), vector.signature, "{}", vector.name);
    }
}

#[test]
fn every_vector_verifies_wherever_its_signature_stands_and_under_no_other_key() {
    for vector in vectors() {
        let key = SecretKey::new(&*vector.secret).unwrap();
        let other = SecretKey::new(vector.secret + "x").unwrap();
        let mut top = vector.data.clone();
        top["signature"] = json!(vector.signature);
        assert_eq!(sign::verify(&top, &key), Ok(SortOrder::Natural), "{}", vector.name);
        assert_eq!(sign::verify(&top, &other), Err(SignatureError::Mismatch), "{}", vector.name);

        let mut general = vector.data;
        general.as_object_mut().unwrap().remove("signature");
        general["general"]["signature"] = json!(vector.signature);
        assert_eq!(sign::verify(&general, &key), Ok(SortOrder::Natural), "{}", vector.name);
    }
}

/// A JSON object of the kind that is sent: no floats, and no colons or semicolons that would make two
/// different messages the same string.
fn message() -> impl Strategy<Value = Map<String, Value>> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[a-zA-Z0-9 支付/=]{0,6}".prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..13).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z_][a-zA-Z0-9_]{0,4}", inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    prop::collection::btree_map("[a-z]{1,5}", value, 1..6).prop_map(|members| members.into_iter().collect())
}

/// Paths to all leaves that the signature covers.
fn leaves(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                leaves(inner, format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                leaves(inner, format!("{path}/{index}"), found);
            }
        }
        _ => found.push(path),
    }
}

proptest! {
    #[test]
    fn what_was_signed_verifies(message in message(), key in "[ -~]{1,40}") {
        let key = SecretKey::new(key).unwrap();
        let mut top = Value::Object(message.clone());
        sign::sign_top_level(&mut top, &key).unwrap();
        prop_assert_eq!(sign::verify(&top, &key), Ok(SortOrder::Natural));

        let mut general = Value::Object(message);
        general["general"] = json!({"project_id": 238});
        sign::sign_into_general(&mut general, &key).unwrap();
        prop_assert_eq!(sign::verify(&general, &key), Ok(SortOrder::Natural));
    }

    #[test]
    fn any_changed_leaf_breaks_the_signature(message in message(), pick in any::<prop::sample::Index>()) {
        let key = SecretKey::new("secret").unwrap();
        let mut signed = Value::Object(message);
        let mut paths = Vec::new();
        leaves(&signed, String::new(), &mut paths);
        prop_assume!(!paths.is_empty());
        sign::sign_top_level(&mut signed, &key).unwrap();
        *signed.pointer_mut(&paths[pick.index(paths.len())]).unwrap() = json!("another value");
        prop_assert_eq!(sign::verify(&signed, &key), Err(SignatureError::Mismatch));
    }

    #[test]
    fn any_changed_byte_of_the_signature_breaks_it(at in 0..88_usize) {
        let key = SecretKey::new("secret").unwrap();
        let mut signed = json!({"payment": {"id": "P1"}});
        sign::sign_top_level(&mut signed, &key).unwrap();
        let mut bytes = signed["signature"].as_str().unwrap().as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        signed["signature"] = json!(String::from_utf8(bytes).unwrap());
        prop_assert_eq!(sign::verify(&signed, &key), Err(SignatureError::Mismatch));
    }
}
