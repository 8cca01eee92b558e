//! What every request to Gate has to go through before it is looked at.

use protocol::sign::{self, SignatureError};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Refused;
use crate::platform::Platform;

/// What a member has to be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    Whole,
    Object,
}

/// A request whose project and signature are right.
#[derive(Debug)]
pub(super) struct Request(Value);

impl Request {
    /// Reads a body. `project` is where it names its project: `/general/project_id`, or `/project_id`.
    pub(super) fn open(platform: &Platform, body: &[u8], project: &str) -> Result<Self, Refused> {
        let body: Value = serde_json::from_slice(body).map_err(|_| Refused::new("2003"))?;
        let request = Self(body);
        request.require(project, Kind::Whole)?;
        // The project comes before the signature: it says which key to check with.
        if request.at(project).as_u64() != Some(platform.config.project_id.number().into()) {
            return Err(Refused::new("2442"));
        }
        match sign::verify(&request.0, &platform.config.secret_key) {
            Ok(order) => tracing::debug!(order = order.as_str(), "signature"),
            Err(SignatureError::Missing) => return Err(Refused::new("3262")),
            Err(_) => return Err(Refused::new("3261")),
        }
        Ok(request)
    }

    /// The member at a path, null where there is none.
    pub(super) fn at(&self, path: &str) -> &Value {
        self.0.pointer(path).unwrap_or(&Value::Null)
    }

    /// The text at a path, empty where there is none.
    pub(super) fn text(&self, path: &str) -> &str {
        self.at(path).as_str().unwrap_or_default()
    }

    /// Whether there is a member at a path.
    pub(super) fn has(&self, path: &str) -> bool {
        !self.at(path).is_null()
    }

    /// Refuses a request without a member, or with one of another kind.
    pub(super) fn require(&self, path: &str, kind: Kind) -> Result<(), Refused> {
        let (value, field) = (self.at(path), dotted(path));
        let good = match kind {
            Kind::Text => value.is_string(),
            Kind::Whole => value.is_i64() || value.is_u64(),
            Kind::Object => value.is_object(),
        };
        if value.is_null() || value.as_str().is_some_and(str::is_empty) {
            return Err(Refused::new("2004").because(field, "required"));
        }
        if good { Ok(()) } else { Err(Refused::new("502").because(field, "type")) }
    }

    /// Refuses a request with a member of another kind than this.
    pub(super) fn allow(&self, path: &str, kind: Kind) -> Result<(), Refused> {
        if self.has(path) { self.require(path, kind) } else { Ok(()) }
    }

    /// The whole request as one of Gate's.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Refused> {
        serde_json::from_value(self.0).map_err(|error| Refused::new("502").because("", error.to_string()))
    }
}

fn dotted(path: &str) -> String {
    path.trim_start_matches('/').replace('/', ".")
}
