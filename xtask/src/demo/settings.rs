//! Where the demo listens and keeps its data.

use std::{
    fmt::Display,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
    path::PathBuf,
};

use crate::{failure::Failure, workspace::Workspace};

/// One address, and the setting that changes it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Who listens there.
    pub(crate) who: &'static str,
    /// The environment variable.
    pub(crate) setting: &'static str,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

/// Everything the environment decides.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The shop.
    pub(crate) shop: Place,
    /// The merchant.
    pub(crate) merchant: Place,
    /// The sandbox.
    pub(crate) sandbox: Place,
    /// The folder of the database, the logs and the built shop.
    pub(crate) folder: PathBuf,
}

impl Settings {
    /// Reads the environment through `lookup`.
    pub(crate) fn read(workspace: &Workspace, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        let port: u16 = match lookup("DEMO_PORT") {
            None => 8080,
            Some(text) => text
                .parse()
                .ok()
                .filter(|port| *port != 0)
                .ok_or_else(|| not("DEMO_PORT", "a port like 8080", &text))?,
        };
        let place = |who, setting, port| {
            let address = match lookup(setting) {
                None => SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
                Some(text) => text
                    .parse()
                    .ok()
                    .filter(|address: &SocketAddr| address.port() != 0)
                    .ok_or_else(|| not(setting, "an address like 127.0.0.1:4000", &text))?,
            };
            Ok(Place { who, setting, address })
        };
        let folder = match lookup("DEMO_DIR") {
            None => workspace.target.join("demo"),
            Some(folder) => workspace.root.join(folder),
        };
        Ok(Self {
            shop: Place { who: "shop", setting: "DEMO_PORT", address: SocketAddr::from((Ipv4Addr::LOCALHOST, port)) },
            merchant: place("merchant", "MERCHANT_ADDR", 4000)?,
            sandbox: place("sandbox", "SANDBOX_ADDR", 4010)?,
            folder,
        })
    }

    /// Fails when somebody else listens on one of the ports.
    pub(crate) fn check_ports(&self) -> Result<(), Failure> {
        [&self.shop, &self.merchant, &self.sandbox].into_iter().try_for_each(Place::check)
    }
}

impl Place {
    /// Where a program on this machine reaches it.
    pub(crate) fn reach(&self) -> SocketAddr {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(match address {
                SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
                SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
            });
        }
        address
    }

    /// Its address as a URL without a path.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.reach())
    }

    fn check(&self) -> Result<(), Failure> {
        match TcpListener::bind(self.address) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Err(Failure::new(format!(
                "port {} for the {} is taken by another program",
                self.address.port(),
                self.who
            ))
            .advice(format!("stop that program, or choose another port with {}", self.example()))),
            Err(error) => Err(Failure::new(format!("the {} cannot listen on {} ({error})", self.who, self.address))
                .advice(format!("choose another with {}", self.example()))),
        }
    }

    fn example(&self) -> String {
        let port = self.address.port().checked_add(1).unwrap_or(8081);
        if self.setting == "DEMO_PORT" {
            format!("{}={port}", self.setting)
        } else {
            let address = SocketAddr::new(self.address.ip(), port);
            format!("{}={address}", self.setting)
        }
    }
}

fn not(setting: &str, wanted: &str, text: &impl Display) -> Failure {
    Failure::usage(format!("{setting} must be {wanted}, and is `{text}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, Failure> {
        let workspace = Workspace { root: PathBuf::from("/project"), target: PathBuf::from("/project/target") };
        Settings::read(&workspace, |name| {
            let (_, value) = variables.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    #[test]
    fn defaults_are_those_of_the_documentation() {
        let settings = read(&[]).expect("defaults");
        assert_eq!(settings.shop.url(), "http://127.0.0.1:8080");
        assert_eq!(settings.merchant.url(), "http://127.0.0.1:4000");
        assert_eq!(settings.sandbox.url(), "http://127.0.0.1:4010");
        assert_eq!(settings.folder, PathBuf::from("/project/target/demo"));
    }

    #[test]
    fn every_address_is_reached_over_loopback() {
        let settings = read(&[("MERCHANT_ADDR", "0.0.0.0:5000"), ("SANDBOX_ADDR", "[::]:5010")]);
        let settings = settings.expect("addresses");
        assert_eq!(settings.merchant.url(), "http://127.0.0.1:5000");
        assert_eq!(settings.sandbox.url(), "http://[::1]:5010");
    }

    #[test]
    fn nonsense_names_the_setting() {
        for (setting, value) in
            [("DEMO_PORT", "http"), ("DEMO_PORT", "0"), ("MERCHANT_ADDR", "4000"), ("SANDBOX_ADDR", "localhost:4010")]
        {
            let failure = read(&[(setting, value)]).expect_err(setting);
            assert!(failure.to_string().contains(setting));
        }
    }

    #[test]
    fn a_taken_port_is_named_with_its_setting() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address").to_string();
        let settings = read(&[("SANDBOX_ADDR", &address)]).expect("addresses");
        let message = settings.sandbox.check().expect_err("taken").to_string();
        let port = listener.local_addr().expect("its address").port();
        assert!(message.contains(&format!("port {port} for the sandbox")));
        assert!(message.contains("SANDBOX_ADDR="));
    }
}
