//! What the operator sets, all of it in environment variables.

use std::fmt;
use std::path::PathBuf;

use protocol::gate::{LIVE_HOST, ProjectId};
use protocol::sign::SecretKey;

/// What the operator sets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `ECOMMPAY_PROJECT_ID`: the project's number.
    pub project: ProjectId,
    /// `ECOMMPAY_SECRET_KEY`: the key its messages are signed with.
    pub secret: SecretKey,
    /// `ECOMMPAY_GATE_URL`: where Gate is.
    pub gate: BaseUrl,
    /// `ECOMMPAY_PAYMENT_PAGE_URL`: where the hosted Payment Page is.
    pub payment_page: BaseUrl,
    /// `ECOMMPAY_DATA_URL`: where the Data API is.
    pub data: BaseUrl,
    /// `ECOMMPAY_DATA_TOKEN` and `ECOMMPAY_DATA_KEY`: who asks the Data API.
    pub data_access: Option<DataAccess>,
    /// `DATABASE_URL`: the file that holds every checkout; made if there is none.
    pub database: PathBuf,
    /// `MERCHANT_ADDR`: where the server listens, a host and a port.
    pub listen: String,
    /// `MERCHANT_PUBLIC_URL`: where ECommPay reaches this server. Without it callbacks go to the address
    /// that the project has at ECommPay.
    pub public: Option<BaseUrl>,
    /// `MERCHANT_ADMIN_TOKEN`: what the operator's own requests carry.
    pub admin: Option<SecretKey>,
    /// `MERCHANT_BEHIND_PROXY`: whether a reverse proxy of the shop stands in front and appends the payer's
    /// address to `X-Forwarded-For`. Without one, anybody could write anything there.
    pub behind_proxy: bool,
}

/// Who asks the Data API.
#[derive(Clone, Debug)]
pub struct DataAccess {
    /// The Dashboard user's token.
    pub token: SecretKey,
    /// The key that belongs to the token.
    pub key: SecretKey,
}

/// An http or https address without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Reads an address that paths can be put behind.
    pub fn read(text: &str) -> Option<Self> {
        let url = reqwest::Url::parse(text).ok()?;
        let plain =
            url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
        let good = matches!(url.scheme(), "http" | "https") && url.has_host() && plain;
        good.then(|| Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// The address of `path`, which begins with a slash.
    pub fn at(&self, path: &str) -> String {
        [&self.0, path].concat()
    }

    /// Whether it leads nowhere but to this machine.
    pub fn is_loopback(&self) -> bool {
        let host = reqwest::Url::parse(&self.0).ok().and_then(|url| url.host_str().map(str::to_owned));
        host.is_some_and(|host| {
            host == "localhost"
                || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
        })
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// All that is wrong with the settings, a line each. Values are never repeated: some are secrets.
#[derive(Debug, PartialEq, Eq)]
pub struct SettingsError(Vec<SettingError>);

impl SettingsError {
    /// What is wrong, setting by setting.
    pub fn all(&self) -> &[SettingError] {
        &self.0
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for SettingsError {}

/// What is wrong with one setting.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingError {
    /// It is required and not set.
    #[error("{name} is not set: {meaning}")]
    Missing {
        /// The setting.
        name: &'static str,
        /// What it is for.
        meaning: &'static str,
    },
    /// It is set to something that cannot be.
    #[error("{name} cannot be used: {expected} is expected")]
    Invalid {
        /// The setting.
        name: &'static str,
        /// What it has to be.
        expected: &'static str,
    },
}

impl SettingError {
    /// A stable code for logs and support.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "setting-missing",
            Self::Invalid { .. } => "setting-invalid",
        }
    }
}

const LIVE_PAYMENT_PAGE: &str = "https://paymentpage.ecommpay.com";
const LIVE_DATA: &str = "https://data.ecommpay.com/v1";
const URL: &str = "an address such as https://pay.example";

impl Settings {
    /// Reads the settings from the environment.
    pub fn from_env() -> Result<Self, SettingsError> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads the settings from `source`. Empty ones count as not set.
    pub fn read(source: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let mut form = Form { source: &source, wrong: Vec::new() };
        let project =
            form.required("ECOMMPAY_PROJECT_ID", "the project's number at ECommPay", "a whole number", |text| {
                text.parse::<ProjectId>().ok()
            });
        let secret = form.required("ECOMMPAY_SECRET_KEY", "the project's secret key", "the project's secret key", key);
        let gate = form.or("ECOMMPAY_GATE_URL", LIVE_HOST, URL, BaseUrl::read);
        let payment_page = form.or("ECOMMPAY_PAYMENT_PAGE_URL", LIVE_PAYMENT_PAGE, URL, BaseUrl::read);
        let data = form.or("ECOMMPAY_DATA_URL", LIVE_DATA, URL, BaseUrl::read);
        let data_token = form.optional("ECOMMPAY_DATA_TOKEN", "a token", key);
        let data_key = form.optional("ECOMMPAY_DATA_KEY", "a key", key);
        let data_access = form.together(data_token, data_key);
        let database = form.or("DATABASE_URL", "sqlite:merchant.db", "sqlite: and the path of a file", database);
        let listen = form.or("MERCHANT_ADDR", "127.0.0.1:4000", "a host and a port such as 127.0.0.1:4000", address);
        let public = form.optional("MERCHANT_PUBLIC_URL", URL, BaseUrl::read);
        let admin = form.optional("MERCHANT_ADMIN_TOKEN", "a token", key);
        let behind_proxy = form.or("MERCHANT_BEHIND_PROXY", "0", "1 or 0", flag);
        match (project, secret, gate, payment_page, data, database, listen, behind_proxy) {
            (
                Some(project),
                Some(secret),
                Some(gate),
                Some(payment_page),
                Some(data),
                Some(database),
                Some(listen),
                Some(behind_proxy),
            ) if form.wrong.is_empty() => Ok(Self {
                project,
                secret,
                gate,
                payment_page,
                data,
                data_access,
                database,
                listen,
                public,
                admin,
                behind_proxy,
            }),
            _ => Err(SettingsError(form.wrong)),
        }
    }
}

/// A form that is filled in from a source and remembers every mistake.
struct Form<'a> {
    source: &'a dyn Fn(&str) -> Option<String>,
    wrong: Vec<SettingError>,
}

impl Form<'_> {
    fn optional<T>(
        &mut self,
        name: &'static str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = (self.source)(name).filter(|text| !text.trim().is_empty())?;
        let value = read(text.trim());
        if value.is_none() {
            self.wrong.push(SettingError::Invalid { name, expected });
        }
        value
    }

    fn required<T>(
        &mut self,
        name: &'static str,
        meaning: &'static str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let before = self.wrong.len();
        let value = self.optional(name, expected, read);
        if value.is_none() && self.wrong.len() == before {
            self.wrong.push(SettingError::Missing { name, meaning });
        }
        value
    }

    fn or<T>(
        &mut self,
        name: &'static str,
        default: &str,
        expected: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let before = self.wrong.len();
        let value = self.optional(name, expected, &read);
        if value.is_none() && self.wrong.len() == before { read(default) } else { value }
    }

    fn together(&mut self, token: Option<SecretKey>, key: Option<SecretKey>) -> Option<DataAccess> {
        let meaning = "the Data API needs both ECOMMPAY_DATA_TOKEN and ECOMMPAY_DATA_KEY";
        match (token, key) {
            (Some(token), Some(key)) => return Some(DataAccess { token, key }),
            (None, None) => {}
            (Some(_), None) => self.wrong.push(SettingError::Missing { name: "ECOMMPAY_DATA_KEY", meaning }),
            (None, Some(_)) => self.wrong.push(SettingError::Missing { name: "ECOMMPAY_DATA_TOKEN", meaning }),
        }
        None
    }
}

fn key(text: &str) -> Option<SecretKey> {
    SecretKey::new(text).ok()
}

/// Payments must survive a restart, so a database in memory is no database.
fn database(text: &str) -> Option<PathBuf> {
    let path = text.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
}

fn address(text: &str) -> Option<String> {
    let (host, port) = text.rsplit_once(':')?;
    (!host.is_empty() && port.parse::<u16>().is_ok()).then(|| text.to_owned())
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let set = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        Settings::read(set)
    }

    const PROJECT: (&str, &str) = ("ECOMMPAY_PROJECT_ID", "238");
    const SECRET: (&str, &str) = ("ECOMMPAY_SECRET_KEY", "hush-hush");

    #[test]
    fn project_and_secret_are_enough() {
        let settings = read(&[PROJECT, SECRET]).unwrap();
        assert_eq!(settings.project.number(), 238);
        assert_eq!(settings.gate.at("/v2"), "https://api.ecommpay.com/v2");
        assert_eq!(settings.database, PathBuf::from("merchant.db"));
        assert_eq!(settings.listen, "127.0.0.1:4000");
        assert!(settings.public.is_none() && settings.admin.is_none() && !settings.behind_proxy);
    }

    #[test]
    fn every_missing_setting_is_named_at_once() {
        let error = read(&[]).unwrap_err().to_string();
        assert!(
            error.contains("ECOMMPAY_PROJECT_ID is not set") && error.contains("ECOMMPAY_SECRET_KEY is not set"),
            "{error}"
        );
        let error = read(&[PROJECT, ("ECOMMPAY_SECRET_KEY", "  ")]).unwrap_err();
        assert_eq!(error.all().iter().map(SettingError::code).collect::<Vec<_>>(), ["setting-missing"]);
    }

    #[test]
    fn a_setting_that_cannot_be_is_named_and_its_value_is_not_repeated() {
        for (name, value) in [
            ("ECOMMPAY_PROJECT_ID", "s3cret"),
            ("ECOMMPAY_GATE_URL", "ftp://s3cret.example"),
            ("ECOMMPAY_GATE_URL", "https://user:s3cret@pay.example"),
            ("ECOMMPAY_PAYMENT_PAGE_URL", "s3cret"),
            ("ECOMMPAY_DATA_URL", "https://x/?s3cret"),
            ("DATABASE_URL", "sqlite::memory:"),
            ("DATABASE_URL", "postgres://user:s3cret@host/db"),
            ("MERCHANT_ADDR", "s3cret"),
            ("MERCHANT_PUBLIC_URL", "s3cret"),
            ("MERCHANT_BEHIND_PROXY", "s3cret"),
        ] {
            let error = read(&[(name, value), PROJECT, SECRET]).unwrap_err().to_string();
            assert!(error.starts_with(name) && error.contains("is expected"), "{error}");
            assert!(!error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn half_an_access_to_the_data_api_is_a_mistake() {
        let error = read(&[PROJECT, SECRET, ("ECOMMPAY_DATA_TOKEN", "t")]).unwrap_err().to_string();
        assert!(error.starts_with("ECOMMPAY_DATA_KEY is not set"), "{error}");
        let settings = read(&[PROJECT, SECRET, ("ECOMMPAY_DATA_TOKEN", "t"), ("ECOMMPAY_DATA_KEY", "k")]).unwrap();
        assert_eq!(settings.data_access.unwrap().token.reveal(), "t");
    }

    #[test]
    fn secrets_do_not_show_themselves() {
        let settings = read(&[
            PROJECT,
            SECRET,
            ("MERCHANT_ADMIN_TOKEN", "hush-admin"),
            ("ECOMMPAY_DATA_TOKEN", "hush-token"),
            ("ECOMMPAY_DATA_KEY", "hush-key"),
        ]);
        assert!(!format!("{settings:?}").contains("hush"), "{settings:?}");
    }

    #[test]
    fn a_database_is_a_file_however_it_is_written() {
        for (text, path) in
            [("sqlite:a.db", "a.db"), ("sqlite:///var/a.db", "/var/a.db"), ("sqlite:/a.db?mode=rwc", "/a.db")]
        {
            assert_eq!(database(text), Some(PathBuf::from(path)), "{text}");
        }
    }

    #[test]
    fn an_address_loses_its_last_slash_and_knows_whether_it_is_this_machine() {
        assert_eq!(BaseUrl::read("http://127.0.0.1:4010/").unwrap().at("/x"), "http://127.0.0.1:4010/x");
        assert_eq!(BaseUrl::read("https://pay.example/a/").unwrap().at("/x"), "https://pay.example/a/x");
        for (text, loopback) in [
            ("http://localhost:1", true),
            ("http://[::1]:1", true),
            ("http://127.9.9.9", true),
            ("http://10.0.0.1", false),
        ] {
            assert_eq!(BaseUrl::read(text).unwrap().is_loopback(), loopback, "{text}");
        }
    }
}
